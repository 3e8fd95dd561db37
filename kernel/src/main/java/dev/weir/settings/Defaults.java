package dev.weir.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import java.util.List;
import java.util.TreeMap;

/**
 * What the {@code reference.conf} files say of choices: {@code weir.defaults.<kind>.<name>}. Unchanging once made. What is no block
 * where one should be counts as empty.
 */
public final class Defaults {
    private static final ConfigObject NOTHING = ConfigFactory.empty().root();

    private final ConfigObject kinds;

    /** @param choices the object at {@code weir.defaults}, resolved */
    public Defaults(Config choices) {
        this.kinds = choices.root();
    }

    /** Those of a whole configuration. */
    public static Defaults in(Config whole) {
        return new Defaults(block(block(whole.root(), "weir"), "defaults").toConfig());
    }

    /** No defaults at all, for tests of one part. */
    public static Defaults none() {
        return new Defaults(ConfigFactory.empty());
    }

    /** The defaults of one choice; empty when no file has any. */
    public Config of(String kind, String name) {
        return block(block(kinds, kind), name).toConfig();
    }

    /** The names of this kind, other than {@code name}, that know {@code key}; in alphabetical order. */
    List<String> othersThatKnow(String kind, String name, String key) {
        return new TreeMap<>(block(kinds, kind))
                .entrySet().stream()
                        .filter(entry -> !entry.getKey().equals(name))
                        .filter(entry -> entry.getValue() instanceof ConfigObject block && block.containsKey(key))
                        .map(entry -> entry.getKey())
                        .toList();
    }

    private static ConfigObject block(ConfigObject outer, String key) {
        return outer.get(key) instanceof ConfigObject block ? block : NOTHING;
    }
}
