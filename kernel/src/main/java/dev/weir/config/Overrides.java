package dev.weir.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigOriginFactory;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import dev.weir.settings.ConfigFault;
import dev.weir.settings.ConfigFaults;
import java.util.List;

/** What the command line sets: {@code -D path=value}. */
final class Overrides {
    private static final String KEY = "v";

    private Overrides() {}

    /** All of them as one configuration; later ones win. */
    static Config parse(List<String> overrides, ConfigFaults faults) {
        Config all = ConfigFactory.empty();
        for (String override : overrides) {
            int equals = override.indexOf('=');
            String path = equals < 0 ? "" : override.substring(0, equals).strip();
            if (!isPath(path)) {
                faults.add(new ConfigFault(
                        origin(override), "", "is not of the form path=value.", "Write, say, -D weir.event-loops=2."));
                continue;
            }
            ConfigValue value = value(override.substring(equals + 1).strip(), origin(override));
            all = value.atPath(path).withFallback(all);
        }
        return all;
    }

    private static String origin(String override) {
        return "command line: -D " + override;
    }

    private static boolean isPath(String path) {
        try {
            return !ConfigUtil.splitPath(path).isEmpty();
        } catch (ConfigException e) {
            return false;
        }
    }

    /** HOCON where it is more than a bare text, so that {@code #} and {@code //} in a bare one begin no comment. */
    private static ConfigValue value(String text, String origin) {
        try {
            Config parsed = ConfigFactory.parseString(KEY + " = " + text);
            if (parsed.root().size() == 1) {
                ConfigValue value = parsed.root().get(KEY);
                if (!parsed.isResolved()) {
                    return value.withOrigin(ConfigOriginFactory.newSimple(origin));
                }
                if (value.valueType() != ConfigValueType.STRING || text.startsWith("\"")) {
                    return ConfigValueFactory.fromAnyRef(value.unwrapped(), origin);
                }
            }
        } catch (ConfigException notHocon) {
            // A bare text such as 0.0.0.0:7100: taken as it is.
            return ConfigValueFactory.fromAnyRef(text, origin);
        }
        return ConfigValueFactory.fromAnyRef(text, origin);
    }
}
