package dev.weir.strategies;

import dev.weir.connection.Connection;
import dev.weir.lifecycle.BackpressurePolicy;
import dev.weir.lifecycle.Surroundings;
import dev.weir.settings.ByteSize;
import dev.weir.settings.Settings;
import java.util.Optional;

/** Lets a new message take the place of an older one with the same key, for a peer that does not read. */
public final class CoalesceMessages implements BackpressurePolicy {
    private static final Misfit NO_KEYS = new Misfit(
            "the protocol does not say which of its messages replace older ones.",
            "Choose pause, close or drop-oldest, or a protocol that supplies coalescing.");

    private final ByteSize keep;
    private final Action action;

    /** @param keep bytes of messages above the high watermark at which reading pauses */
    public CoalesceMessages(ByteSize keep) {
        this.keep = keep;
        this.action = new Coalesce(keep.bytes());
    }

    /** Reads {@code keep}. */
    public static CoalesceMessages from(Settings settings) {
        return new CoalesceMessages(settings.size("keep", ByteSize.of(0), ByteSize.ofMiB(1024)));
    }

    @Override
    public Optional<Misfit> misfit(Surroundings surroundings) {
        Optional<Misfit> cannotDrop = DropOldestMessages.cannotDrop(surroundings);
        if (cannotDrop.isPresent()) {
            return cannotDrop;
        }
        return surroundings.protocol().coalescing().isEmpty() ? Optional.of(NO_KEYS) : Optional.empty();
    }

    @Override
    public Action onHigh(Connection connection) {
        return action;
    }

    @Override
    public String toString() {
        return "coalesce, keep " + keep;
    }
}
