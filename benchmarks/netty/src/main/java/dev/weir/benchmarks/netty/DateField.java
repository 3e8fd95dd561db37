package dev.weir.benchmarks.netty;

import io.netty.channel.EventLoopGroup;
import io.netty.util.AsciiString;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The value of the HTTP field Date, made once a second on the event loop, on which it is read. */
final class DateField {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

    private final ScheduledFuture<?> refreshing;
    private volatile AsciiString value = now();

    /** @param loops the one loop by which it is kept */
    DateField(EventLoopGroup loops) {
        refreshing = loops.next().scheduleAtFixedRate(() -> value = now(), 1, 1, TimeUnit.SECONDS);
    }

    AsciiString value() {
        return value;
    }

    /** Leaves the value as it is from now on. */
    void stop() {
        refreshing.cancel(false);
    }

    private static AsciiString now() {
        return AsciiString.cached(FORMAT.format(ZonedDateTime.now(ZoneOffset.UTC)));
    }
}
