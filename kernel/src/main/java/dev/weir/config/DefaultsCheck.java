package dev.weir.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import dev.weir.settings.ConfigFaults;
import dev.weir.settings.Nearest;
import java.util.Map;
import java.util.TreeSet;

/** A user may change {@code weir.defaults}, but only what a reference defines: another key there would do nothing. */
final class DefaultsCheck {
    private static final String PATH = "weir.defaults";
    /** weir.defaults.&lt;kind&gt;.&lt;name&gt;.&lt;key&gt;: what stands in a key's value is the part's own. */
    private static final int LEVELS = 3;

    private DefaultsCheck() {}

    static void check(Config whole, Config references, ConfigFaults faults) {
        if (whole.hasPath(PATH) && references.hasPath(PATH)) {
            compare(whole.getValue(PATH), references.getValue(PATH), PATH, LEVELS, faults);
        }
    }

    private static void compare(ConfigValue actual, ConfigValue known, String path, int levels, ConfigFaults faults) {
        if (levels == 0 || !(known instanceof ConfigObject keys)) {
            return;
        }
        if (!(actual instanceof ConfigObject object)) {
            faults.add(actual.origin(), path, "must be a block { … }.", "Change single keys in it.");
            return;
        }
        for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
            String at = path + "." + ConfigUtil.joinPath(entry.getKey());
            ConfigValue same = keys.get(entry.getKey());
            if (same == null) {
                faults.add(
                        entry.getValue().origin(),
                        at,
                        "unknown key.",
                        Nearest.hint(entry.getKey(), new TreeSet<>(keys.keySet())));
            } else {
                compare(entry.getValue(), same, at, levels - 1, faults);
            }
        }
    }
}
