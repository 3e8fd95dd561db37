package dev.weir.strategies;

import dev.weir.lifecycle.AdmissionPolicy;
import dev.weir.settings.Settings;

/** Admits connections up to a number per server. */
public final class ConnectionLimits implements AdmissionPolicy {
    private final int maxConnections;
    private final Refuse refusal;

    /** @param maxConnections connections of the server at the most, 1 or more */
    public ConnectionLimits(int maxConnections) {
        this.maxConnections = maxConnections;
        this.refusal = new Refuse("max-connections of " + maxConnections + " reached");
    }

    /** Reads {@code max-connections}. */
    public static ConnectionLimits from(Settings settings) {
        return new ConnectionLimits(settings.integer("max-connections", 1, Integer.MAX_VALUE));
    }

    @Override
    public Verdict admit(Newcomer newcomer) {
        return newcomer.openOnServer() < maxConnections ? Admit.ADMIT : refusal;
    }

    @Override
    public String toString() {
        return "at most " + maxConnections + " connections";
    }
}
