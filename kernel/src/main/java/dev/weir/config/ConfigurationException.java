package dev.weir.config;

import dev.weir.settings.ConfigFault;
import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/** The configuration, or what is plugged in, is wrong. Holds every fault that was found; the message has one a line. */
public final class ConfigurationException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient List<ConfigFault> faults;

    /** @param faults at least one */
    public ConfigurationException(List<ConfigFault> faults) {
        super(faults.stream().map(ConfigFault::toString).collect(Collectors.joining(System.lineSeparator())));
        if (faults.isEmpty()) {
            throw new IllegalArgumentException("nothing is wrong");
        }
        this.faults = List.copyOf(faults);
    }

    /** What is wrong, in the order in which it was found. */
    public List<ConfigFault> faults() {
        return faults;
    }
}
