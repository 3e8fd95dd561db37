package dev.weir.config;

import dev.weir.lifecycle.PolicyKind;
import dev.weir.settings.Choice;
import dev.weir.settings.Settings;
import java.util.OptionalInt;

/**
 * How file descriptors are rationed.
 *
 * @param raiseLimit whether the soft limit of the process is raised to the hard one at start
 * @param reserve descriptors kept free of connections: for logs, plugins, the pollers
 * @param max the most descriptors that Weir counts on; empty: the limit of the process
 * @param onExhausted what a listener does when there is no descriptor for the next connection
 */
public record DescriptorSettings(boolean raiseLimit, int reserve, OptionalInt max, Choice onExhausted) {
    private static final int MOST = 1 << 30;

    static DescriptorSettings read(Settings descriptors) {
        int reserve = descriptors.integer("reserve", 0, MOST);
        OptionalInt max = descriptors.integerOrAuto("max", 1, MOST);
        if (max.isPresent() && max.getAsInt() <= reserve) {
            descriptors.fault(
                    "max",
                    max.getAsInt() + " leaves none for connections when " + reserve + " are kept in reserve.",
                    "Raise max or lower reserve.");
        }
        return new DescriptorSettings(
                descriptors.onOff("raise-limit"),
                reserve,
                max,
                descriptors.choiceOrUnread("on-exhausted", PolicyKind.DESCRIPTORS.name()));
    }
}
