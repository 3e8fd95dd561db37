package dev.weir.strategies;

import dev.weir.lifecycle.OverloadPolicy;
import dev.weir.settings.Settings;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Overloaded is who has come to the upper threshold of a resource, until it is down at the lower one. What was read too long ago says
 * nothing: while nobody comes in there may be no garbage collection that could show the heap empty again.
 */
public final class OverloadThresholds implements OverloadPolicy {
    /** How long listeners wait before they look again. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    /** What overload means for newcomers. */
    enum Act {
        /** They wait. */
        DELAY,
        /** They are sent away. */
        REFUSE
    }

    /**
     * The bounds of one resource, in its unit.
     *
     * @param enter at or above it there is overload
     * @param leave at or below it there is none any more
     */
    record Threshold(long enter, long leave) {}

    private final Map<Resource, Threshold> thresholds = new EnumMap<>(Resource.class);
    private final long staleAfterNanos;
    private final Act act;
    private final Set<Resource> over = EnumSet.noneOf(Resource.class);

    private OverloadThresholds(Settings settings) {
        Settings lag = settings.block("loop-lag");
        Duration most = Duration.ofMinutes(1);
        Optional<Duration> enter = lag.durationOrOff("enter", Duration.ofMillis(1), most);
        Duration leave = lag.duration("leave", Duration.ZERO, most);
        enter.ifPresent(limit -> add(lag, Resource.LOOP_LAG, limit.toNanos(), leave.toNanos()));
        percent(settings, "heap", Resource.HEAP);
        percent(settings, "direct-memory", Resource.DIRECT_MEMORY);
        percent(settings, "descriptors", Resource.DESCRIPTORS);
        this.staleAfterNanos = settings.duration("stale-after", Duration.ofMillis(1), Duration.ofHours(1))
                .toNanos();
        this.act = settings.oneOf("act", Act.class);
    }

    /** Reads the thresholds of each resource, {@code stale-after} and {@code act}. */
    public static OverloadThresholds from(Settings settings) {
        return new OverloadThresholds(settings);
    }

    private void percent(Settings settings, String key, Resource resource) {
        Settings block = settings.block(key);
        OptionalInt enter = block.integerOrOff("enter", 1, 100);
        int leave = block.integer("leave", 0, 100);
        if (enter.isPresent()) {
            add(block, resource, enter.getAsInt(), leave);
        }
    }

    private void add(Settings block, Resource resource, long enter, long leave) {
        if (leave >= enter) {
            block.fault(
                    "leave",
                    "is not below enter.",
                    "Lower it, so that overload does not come and go with each reading.");
        }
        thresholds.put(resource, new Threshold(enter, leave));
    }

    @Override
    public Set<Resource> watched() {
        return Set.copyOf(thresholds.keySet());
    }

    @Override
    public Action judge(List<Reading> readings) {
        // Of what there is no reading nobody knows that it is short.
        over.removeIf(resource -> readings.stream().noneMatch(reading -> reading.resource() == resource));
        readings.forEach(this::judge);
        if (over.isEmpty()) {
            return Proceed.PROCEED;
        }
        String why = "overloaded: " + over;
        return act == Act.DELAY ? new Delay(LOOK_AGAIN.toNanos(), why) : new RefuseAll(why);
    }

    private void judge(Reading reading) {
        Threshold bounds = thresholds.get(reading.resource());
        if (bounds == null) {
            return;
        }
        if (reading.ageNanos() > staleAfterNanos || reading.value() <= bounds.leave()) {
            over.remove(reading.resource());
        } else if (reading.value() >= bounds.enter()) {
            over.add(reading.resource());
        }
    }

    @Override
    public String toString() {
        return "thresholds";
    }
}
