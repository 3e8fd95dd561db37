package dev.weir.strategies;

import dev.weir.lifecycle.DescriptorPolicy;
import dev.weir.settings.Settings;

/** Stops listening until enough connections have ended: clients and balancers see at once that there is no place here. */
public final class CloseListening implements DescriptorPolicy {
    private final CloseListener action;

    /** @param reopenBelow percent of the connections that were open */
    public CloseListening(int reopenBelow) {
        this.action = new CloseListener(reopenBelow);
    }

    /** Reads {@code reopen-below}. */
    public static CloseListening from(Settings settings) {
        return new CloseListening(settings.integer("reopen-below", 1, 100));
    }

    @Override
    public Action onExhausted(Exhaustion exhaustion) {
        return action;
    }

    @Override
    public String toString() {
        return "close the listener until fewer than " + action.reopenBelow() + "% of the connections are open";
    }
}
