package dev.weir.strategies;

import dev.weir.connection.Connection;
import dev.weir.lifecycle.BackpressurePolicy;
import dev.weir.lifecycle.Surroundings;
import dev.weir.protocol.BlockingProtocol;
import dev.weir.settings.ByteSize;
import dev.weir.settings.Settings;
import java.util.Optional;

/** Drops the oldest messages that wait for a peer that does not read. */
public final class DropOldestMessages implements BackpressurePolicy {
    private final ByteSize keep;
    private final Action action;

    /** @param keep bytes of messages that wait above the high watermark */
    public DropOldestMessages(ByteSize keep) {
        this.keep = keep;
        this.action = new DropOldest(keep.bytes());
    }

    /** Reads {@code keep}. */
    public static DropOldestMessages from(Settings settings) {
        return new DropOldestMessages(settings.size("keep", ByteSize.of(0), ByteSize.ofMiB(1024)));
    }

    @Override
    public Optional<Misfit> misfit(Surroundings surroundings) {
        return cannotDrop(surroundings);
    }

    /** What keeps any policy that drops messages from working there. */
    static Optional<Misfit> cannotDrop(Surroundings surroundings) {
        if (surroundings.protocol() instanceof BlockingProtocol) {
            return Optional.of(BLOCKING);
        }
        return surroundings.codec().answersRequests() ? Optional.of(REPLIES) : Optional.empty();
    }

    /** A blocking protocol's {@code write} waits above the high watermark, so that nothing comes for which room could be made. */
    private static final Misfit BLOCKING = new Misfit(
            "a blocking protocol waits until its peer reads, so that no message is there to be dropped.",
            "Choose pause or close.");

    /** A client that counts replies gives each to the request whose turn it is. */
    private static final Misfit REPLIES = new Misfit(
            "the codec answers requests in turn: for a reply that was dropped the client would take the next one.",
            "Choose pause or close.");

    @Override
    public Action onHigh(Connection connection) {
        return action;
    }

    @Override
    public String toString() {
        return "drop the oldest, keep " + keep;
    }
}
