package dev.weir.strategies;

import dev.weir.lifecycle.DescriptorPolicy;

/**
 * Ends the process, for a supervisor to start it anew. Only when the kernel has no descriptor left; at Weir's own cap, which is set on
 * purpose, clients wait instead.
 */
public final class ExitProcess implements DescriptorPolicy {
    private static final Exit EXIT = new Exit();

    private final PauseAccepting atOwnCap = new PauseAccepting(java.time.Duration.ofSeconds(1));

    @Override
    public Action onExhausted(Exhaustion exhaustion) {
        return exhaustion.atOwnCap() ? atOwnCap.onExhausted(exhaustion) : EXIT;
    }

    @Override
    public String toString() {
        return "exit";
    }
}
