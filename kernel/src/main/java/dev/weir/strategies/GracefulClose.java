package dev.weir.strategies;

import dev.weir.connection.Connection;
import dev.weir.fault.CloseReason;
import dev.weir.lifecycle.ClosePolicy;
import dev.weir.settings.ByteSize;
import dev.weir.settings.Settings;
import java.time.Duration;

/** Sends what is queued, ends its half, reads to the peer's end, closes: no reply is lost. Each step has its limit. */
public final class GracefulClose implements ClosePolicy {
    private final Graceful plan;
    private final HalfClose halfClose;

    /** A policy that always answers with this plan. */
    public GracefulClose(Graceful plan, HalfClose halfClose) {
        this.plan = plan;
        this.halfClose = halfClose;
    }

    /** Reads {@code flush}, {@code fin}, {@code discard} and {@code half-close}. */
    public static GracefulClose from(Settings settings) {
        Duration least = Duration.ofMillis(1);
        Duration most = Duration.ofHours(1);
        return new GracefulClose(
                new Graceful(
                        settings.duration("flush", least, most),
                        settings.duration("fin", least, most),
                        settings.size("discard", ByteSize.of(0), ByteSize.ofMiB(1 << 20))
                                .bytes()),
                settings.oneOf("half-close", HalfClose.class));
    }

    @Override
    public Plan plan(Connection connection, CloseReason reason) {
        return plan;
    }

    @Override
    public HalfClose halfClose() {
        return halfClose;
    }

    @Override
    public String toString() {
        return "graceful, flush " + plan.flush().toMillis() + "ms, fin "
                + plan.fin().toMillis() + "ms";
    }
}
