package dev.weir.settings;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The raw values of one block, which keys of it were asked for, and where its faults go. */
final class Block {
    /** What the block belongs to: a choice of this kind by the name {@code use}. */
    record Owner(String kind, String use) {
        static final Owner NONE = new Owner("", "");
    }

    private static final ConfigObject NOTHING = ConfigFactory.empty().root();

    private final ConfigObject values;
    private final String path;
    private final ConfigOrigin origin;
    private final Owner owner;
    private final Defaults defaults;
    private final ConfigFaults faults;
    private final Set<String> known = new TreeSet<>();
    private final List<Block> inside = new ArrayList<>();

    Block(ConfigObject values, String path, ConfigOrigin origin, Owner owner, Defaults defaults, ConfigFaults faults) {
        this.values = values;
        this.path = path;
        this.origin = origin;
        this.owner = owner;
        this.defaults = defaults;
        this.faults = faults;
    }

    ConfigObject values() {
        return values;
    }

    String path() {
        return path;
    }

    ConfigFaults faults() {
        return faults;
    }

    /** The keys; they count as known. */
    List<String> names() {
        known.addAll(values.keySet());
        return List.copyOf(new TreeSet<>(values.keySet()));
    }

    /** The value at a key, or null. The key counts as known. */
    ConfigValue raw(String key) {
        known.add(key);
        return values.get(key);
    }

    /** The value at a key, or null with a fault. */
    ConfigValue present(String key) {
        ConfigValue value = raw(key);
        if (value == null) {
            faults.add(origin, full(key), "is missing.", "Give it a value.");
        }
        return value;
    }

    /** The text of a value that is no block and no list; empty with a fault otherwise. */
    Optional<String> scalar(String key, String asked) {
        ConfigValue value = present(key);
        if (value == null) {
            return Optional.empty();
        }
        return switch (value.valueType()) {
            case STRING, NUMBER, BOOLEAN -> Optional.of(String.valueOf(value.unwrapped()));
            default -> {
                wrong(key, value, asked);
                yield Optional.empty();
            }
        };
    }

    /** The items of a list; of what is no list, itself. */
    List<ConfigValue> items(String key) {
        return switch (present(key)) {
            case null -> List.of();
            case ConfigList list -> list;
            case ConfigValue single -> List.of(single);
        };
    }

    /** Those items that are texts, or numbers that stand for one. */
    List<ConfigValue> texts(String key) {
        return items(key).stream()
                .filter(item ->
                        item.valueType() == ConfigValueType.STRING || item.valueType() == ConfigValueType.NUMBER)
                .toList();
    }

    /** The block at a key; an empty one with a fault when there is none. */
    ConfigObject object(String key) {
        ConfigValue value = present(key);
        if (value instanceof ConfigObject object) {
            return object;
        }
        if (value != null) {
            wrong(key, value, "a block { … }");
        }
        return NOTHING.withOrigin(value == null ? origin : value.origin());
    }

    /** A block inside this one; its unknown keys are found together with those of this one. */
    Block inside(String key, ConfigObject object) {
        Block block = new Block(object, full(key), object.origin(), Owner.NONE, defaults, faults);
        inside.add(block);
        return block;
    }

    void wrong(String key, ConfigValue value, String asked) {
        if (value.valueType() == ConfigValueType.NULL) {
            // As a rule the null is a plugin's way to say that there is no default: the place to mend is the block.
            faults.add(origin, full(key), "is missing.", "Write " + asked + ".");
            return;
        }
        fault(key, value, "is " + Values.shown(value) + ".", "Write " + asked + ".");
    }

    void fault(String key, ConfigValue value, String problem, String cure) {
        faults.add(value == null ? origin : Values.firstLeaf(value).origin(), full(key), problem, cure);
    }

    /** The choice that a value makes. */
    Optional<Choice> choice(String key, ConfigValue value, String kind) {
        if (Values.isName(value)) {
            return Optional.of(chosen(key, value, NOTHING, kind));
        }
        if (!(value instanceof ConfigObject object)) {
            fault(key, value, "is " + Values.shown(value) + ".", "Write a name, or a block with use = NAME.");
            return Optional.empty();
        }
        ConfigValue name = object.get(Layers.USE);
        if (name == null || !Values.isName(name)) {
            fault(key, value, "does not say which " + kind + " to use.", "Add use = NAME to the block.");
            return Optional.empty();
        }
        return Optional.of(chosen(key, name, object.withoutKey(Layers.USE), kind));
    }

    /** What stands in for a choice that could not be read. */
    Choice unread(String key, String kind) {
        ConfigValue value = raw(key);
        ConfigOrigin where = value == null ? origin : value.origin();
        return new Choice(kind, "", ofChoice(NOTHING, full(key), where, new Owner(kind, "")), full(key), where);
    }

    /** Nothing but the defaults of a choice, at this block's place. */
    Settings defaultsOf(String kind, String name) {
        return ofChoice(defaults.of(kind, name).root(), path, origin, new Owner(kind, name));
    }

    private Choice chosen(String key, ConfigValue name, ConfigObject own, String kind) {
        String use = (String) name.unwrapped();
        ConfigObject whole = Layers.over(own, defaults.of(kind, use).root());
        return new Choice(
                kind, use, ofChoice(whole, full(key), name.origin(), new Owner(kind, use)), full(key), name.origin());
    }

    private Settings ofChoice(ConfigObject whole, String at, ConfigOrigin where, Owner chosen) {
        return new Settings(new Block(whole, at, where, chosen, defaults, faults));
    }

    /** Notes a fault for each key that nobody asked for. */
    void rejectUnknown() {
        inside.forEach(Block::rejectUnknown);
        known.addAll(defaults.of(owner.kind(), owner.use()).root().keySet());
        values.keySet().stream()
                .filter(key -> !known.contains(key))
                .sorted(Comparator.comparing(key -> Values.firstLeaf(values.get(key)), Values.BY_PLACE))
                .forEach(key -> fault(key, values.get(key), unknown(key), cureForUnknown(key)));
    }

    private String unknown(String key) {
        List<String> others = defaults.othersThatKnow(owner.kind(), owner.use(), key);
        return others.isEmpty()
                ? "unknown key."
                : "unknown key for " + owner.kind() + " " + owner.use() + "; it belongs to use = "
                        + String.join(", ", others) + ".";
    }

    private String cureForUnknown(String key) {
        String[] words = key.split("\\s+", 2);
        if (words.length == 2 && known.contains(words[0])) {
            return "Write " + words[0] + " { use = " + words[1] + ", … }."; // HOCON takes both words for one key.
        }
        Set<String> candidates = new TreeSet<>(known);
        if (!owner.equals(Owner.NONE)) {
            candidates.add(Layers.USE);
        }
        return Nearest.hint(key, candidates);
    }

    private String full(String key) {
        String own = ConfigUtil.joinPath(key);
        return path.isEmpty() ? own : path + "." + own;
    }
}
