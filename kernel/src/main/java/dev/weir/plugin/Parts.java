package dev.weir.plugin;

import dev.weir.settings.Choice;
import dev.weir.settings.ConfigFault;
import dev.weir.settings.ConfigFaults;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts that a configuration chose, ready to be made. Used by one thread at a time: that which starts Weir, and that which ends it. */
public final class Parts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

    /** What makes a part, and whose it is. */
    record Maker(String plugin, String source, FromSettings<?> from) {}

    private final Map<PluginCatalog.OfferEntry, Maker> makers;

    /** What is to be closed in the end, the last made first. */
    private final Deque<AutoCloseable> closeable = new ArrayDeque<>();

    Parts(Map<PluginCatalog.OfferEntry, Maker> makers) {
        this.makers = Map.copyOf(makers);
    }

    /**
     * Makes a chosen part from its settings. Called once for each place of the configuration that makes the choice. All faults go
     * to the choice's own {@link dev.weir.settings.Settings#faults()}: bad settings, keys that the part does not know, and whatever
     * the plugin throws, with the plugin and its jar named.
     *
     * @param type what the part must be
     * @return empty when there was a fault, or when the choice was among those that could not be wired
     */
    public <T> Optional<T> make(Choice choice, Class<T> type) {
        Maker maker = makers.get(new PluginCatalog.OfferEntry(choice.kind(), choice.name()));
        if (maker == null) {
            return Optional.empty();
        }
        ConfigFaults faults = choice.settings().faults();
        int before = faults.all().size();
        Object part = null;
        try {
            part = maker.from().from(choice.settings());
        } catch (Exception | LinkageError | AssertionError e) {
            // Faults noted before it threw are why, as a rule: the getters answer on, and may answer what does not fit.
            if (faults.all().size() == before) {
                LoadFailure failure = LoadFailure.of("making " + named(choice), e);
                fault(choice, maker, failure.problem(), failure.cure());
            }
            return Optional.empty();
        }
        if (part instanceof AutoCloseable closes) {
            closeable.push(closes);
        }
        choice.settings().rejectUnknown();
        if (!type.isInstance(part)) {
            String made = part == null ? "nothing" : "a " + part.getClass().getName();
            fault(
                    choice,
                    maker,
                    named(choice) + " is " + made + ", not a " + type.getName() + ".",
                    "This is a defect of the plugin: ask its author.");
        }
        return faults.all().size() == before ? Optional.of(type.cast(part)) : Optional.empty();
    }

    /** Closes the parts that are {@link AutoCloseable}, the last made first; what one throws is logged. Nothing may use them any more. */
    @Override
    public void close() {
        while (!closeable.isEmpty()) {
            AutoCloseable part = closeable.pop();
            try {
                part.close();
            } catch (Exception | LinkageError | AssertionError e) {
                LOG.error("closing {} failed", part.getClass().getName(), e);
                if (e instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    private static String named(Choice choice) {
        return choice.kind() + " " + choice.name();
    }

    private static void fault(Choice choice, Maker maker, String problem, String cure) {
        choice.settings()
                .faults()
                .add(new ConfigFault(
                        ConfigFaults.describe(choice.origin()),
                        choice.path(),
                        "plugin " + maker.plugin() + " (" + maker.source() + "): " + problem,
                        cure));
    }
}
