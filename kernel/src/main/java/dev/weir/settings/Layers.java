package dev.weir.settings;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.Map;

/**
 * Lays one block over another as HOCON does, but for choices: where both choose a part and not the same one, the lower one's
 * settings are for another part and do not show through; a block without {@code use} keeps the lower one's choice, also when that
 * is written as a bare name.
 */
final class Layers {
    /** The key that makes a block a choice. */
    static final String USE = "use";

    private Layers() {}

    static ConfigObject over(ConfigObject upper, ConfigObject lower) {
        ConfigObject whole = upper;
        for (Map.Entry<String, ConfigValue> below : lower.entrySet()) {
            ConfigValue own = upper.get(below.getKey());
            whole = whole.withValue(below.getKey(), own == null ? below.getValue() : over(own, below.getValue()));
        }
        return whole;
    }

    private static ConfigValue over(ConfigValue upper, ConfigValue lower) {
        if (!(upper instanceof ConfigObject own)) {
            return upper;
        }
        ConfigValue use = own.get(USE);
        if (lower.valueType() == ConfigValueType.STRING) {
            return use == null ? own.withValue(USE, lower) : own;
        }
        if (!(lower instanceof ConfigObject below)) {
            return own;
        }
        boolean anotherPart = use != null && below.get(USE) != null && !use.equals(below.get(USE));
        return anotherPart ? own : over(own, below);
    }
}
