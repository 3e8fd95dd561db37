package dev.weir.lifecycle;

import java.util.Optional;

/** What the policies of a server have in common. */
public interface Policy {

    /**
     * What keeps a policy from working where it was chosen. Told as a fault of the configuration, at the place of the choice.
     *
     * @param problem what is wrong, a sentence ("the protocol echo has no ping.")
     * @param cure how to mend it, a sentence
     */
    record Misfit(String problem, String cure) {}

    /** Asked once at start, before anything is opened. Empty when the policy can work there. */
    default Optional<Misfit> misfit(Surroundings surroundings) {
        return Optional.empty();
    }
}
