package dev.weir.lifecycle;

import java.util.Optional;

/** What the policies of a server have in common. */
public interface Policy {

    /**
     * What keeps a policy from working where it was chosen. Told as a fault of the configuration, at the place of the choice.
     *
     * @param key the key of the choice's block that is to blame, for its line in the file; empty: the choice itself
     * @param problem what is wrong, a sentence ("the protocol echo has no ping.")
     * @param cure how to mend it, a sentence
     */
    record Misfit(String key, String problem, String cure) {
        /** One that no single key is to blame for. */
        public Misfit(String problem, String cure) {
            this("", problem, cure);
        }
    }

    /** Asked once at start, before anything is opened. Empty when the policy can work there. */
    default Optional<Misfit> misfit(Surroundings surroundings) {
        return Optional.empty();
    }
}
