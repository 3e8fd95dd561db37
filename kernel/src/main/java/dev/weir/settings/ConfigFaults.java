package dev.weir.settings;

import com.typesafe.config.ConfigOrigin;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Collects faults, so that a start reports all of them at once. Used by the one thread that starts Weir. */
public final class ConfigFaults {
    private static final Pattern ONE_PLACE = Pattern.compile("^command line: |: ?\\d+$");

    private final List<ConfigFault> found = new ArrayList<>();

    /**
     * Adds a fault. The same fault found twice is kept once, also when it is found by two paths: one line of
     * {@code weir.server-defaults} shows in every server.
     */
    public void add(ConfigFault fault) {
        if (found.stream().noneMatch(other -> other.equals(fault) || isSamePlace(other, fault))) {
            found.add(fault);
        }
    }

    /** Adds a fault at a place in a file. */
    public void add(ConfigOrigin origin, String path, String problem, String cure) {
        add(new ConfigFault(describe(origin), path, problem, cure));
    }

    /** All faults so far, in the order in which they were found. */
    public List<ConfigFault> all() {
        return List.copyOf(found);
    }

    /** True when nothing is wrong so far. */
    public boolean isEmpty() {
        return found.isEmpty();
    }

    private static boolean isSamePlace(ConfigFault one, ConfigFault other) {
        return ONE_PLACE.matcher(one.where()).find()
                && one.where().equals(other.where())
                && lastKey(one.path()).equals(lastKey(other.path()))
                && one.problem().equals(other.problem())
                && one.cure().equals(other.cure());
    }

    private static String lastKey(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** "file:line" where both are known, else what the origin says of itself, which has the line where there is one. */
    public static String describe(ConfigOrigin origin) {
        return origin.filename() != null && origin.lineNumber() > 0
                ? origin.filename() + ":" + origin.lineNumber()
                : origin.description();
    }
}
