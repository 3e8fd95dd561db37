package dev.weir.strategies;

import dev.weir.lifecycle.AdmissionPolicy;
import dev.weir.lifecycle.Surroundings;
import dev.weir.settings.Settings;
import java.util.Optional;

/** Admits connections up to a number per server. */
public final class ConnectionLimits implements AdmissionPolicy {
    private final int maxConnections;
    private final Refuse refusal;

    private final Manner manner;

    /**
     * @param maxConnections connections of the server at the most, 1 or more
     * @param manner how others are sent away
     */
    public ConnectionLimits(int maxConnections, Manner manner) {
        this.maxConnections = maxConnections;
        this.manner = manner;
        this.refusal = new Refuse(Rule.CONNECTIONS, "max-connections of " + maxConnections + " reached", manner);
    }

    /** Reads {@code max-connections} and {@code refuse}. */
    public static ConnectionLimits from(Settings settings) {
        return new ConnectionLimits(
                settings.integer("max-connections", 1, Integer.MAX_VALUE), settings.oneOf("refuse", Manner.class));
    }

    @Override
    public Optional<Misfit> misfit(Surroundings surroundings) {
        return manner == Manner.GOODBYE && surroundings.protocol().goodbye().isEmpty()
                ? Optional.of(new Misfit(
                        "refuse = goodbye, and the protocol has no goodbye.",
                        "Set refuse = auto, close or reset, or choose a protocol that has one."))
                : Optional.empty();
    }

    @Override
    public Verdict admit(Newcomer newcomer, long nowNanos) {
        return newcomer.openOnServer() < maxConnections ? Admit.ADMIT : refusal;
    }

    @Override
    public String toString() {
        return "at most " + maxConnections + " connections";
    }
}
