package dev.weir.testkit;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.weir.PluginApi;
import dev.weir.codec.CodecFactory;
import dev.weir.connection.RecentEndings;
import dev.weir.metrics.Metrics;
import dev.weir.plugin.Plugin;
import dev.weir.plugin.PluginCatalog;
import dev.weir.plugin.PluginModule;
import dev.weir.protocol.Protocol;
import dev.weir.settings.Choice;
import dev.weir.settings.ConfigFault;
import dev.weir.settings.ConfigFaults;
import dev.weir.settings.Defaults;
import dev.weir.settings.Settings;
import dev.weir.time.Clock;
import io.netty.buffer.ByteBuf;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Makes the parts of one plugin as the platform does: by its module, from a choice as the configuration writes it, over the
 * defaults of its {@code reference.conf}. A choice is a name ({@code "line"}) or a block
 * ({@code "{ use = line, max-length = 5B }"}).
 */
@PluginApi
public final class PluginParts {
    private final PluginCatalog catalog;
    private final InstantSource instants;

    private PluginParts(PluginCatalog catalog, InstantSource instants) {
        this.catalog = catalog;
        this.instants = instants;
    }

    /** The parts of a plugin. Throws IllegalArgumentException when the platform would refuse the plugin. */
    public static PluginParts of(Plugin plugin) {
        return new PluginParts(PluginCatalog.of(plugin), InstantSource.system());
    }

    /** The same with another wall clock for what the plugin injects. */
    public PluginParts at(InstantSource clock) {
        return new PluginParts(catalog, clock);
    }

    /** A codec of bytes both ways. */
    public CodecFactory<ByteBuf, ByteBuf> codec(String choice) {
        return codec(choice, ByteBuf.class, ByteBuf.class);
    }

    /** A codec, whose message classes must be these. */
    @SuppressWarnings("unchecked") // The classes are compared.
    public <I, O> CodecFactory<I, O> codec(String choice, Class<I> inbound, Class<O> outbound) {
        CodecFactory<?, ?> codec = make(PluginModule.CODEC, choice, CodecFactory.class);
        checkClasses(choice, codec.inbound(), inbound, codec.outbound(), outbound);
        return (CodecFactory<I, O>) codec;
    }

    /** A protocol of bytes both ways. */
    public Protocol<ByteBuf, ByteBuf> protocol(String choice) {
        return protocol(choice, ByteBuf.class, ByteBuf.class);
    }

    /** A protocol, whose message classes must be these. */
    @SuppressWarnings("unchecked") // The classes are compared.
    public <I, O> Protocol<I, O> protocol(String choice, Class<I> inbound, Class<O> outbound) {
        Protocol<?, ?> protocol = make(PluginModule.PROTOCOL, choice, Protocol.class);
        checkClasses(choice, protocol.inbound(), inbound, protocol.outbound(), outbound);
        return (Protocol<I, O>) protocol;
    }

    /** What is wrong with a choice; empty when nothing is. */
    public List<String> faults(String kind, String choice) {
        ConfigFaults faults = new ConfigFaults();
        make(kind, choice, Object.class, faults);
        return faults.all().stream().map(ConfigFault::toString).toList();
    }

    private <T> T make(String kind, String choice, Class<T> type) {
        ConfigFaults faults = new ConfigFaults();
        Optional<T> made = make(kind, choice, type, faults);
        return made.orElseThrow(() -> new AssertionError(kind + " " + choice + ": "
                + faults.all().stream().map(ConfigFault::toString).toList()));
    }

    private <T> Optional<T> make(String kind, String choice, Class<T> type, ConfigFaults faults) {
        Config config = ConfigFactory.parseString(kind + " = " + choice);
        Defaults defaults = new Defaults(catalog.references().getConfig("weir.defaults"));
        Choice chosen = Settings.of(config, "", defaults, faults).choiceOrUnread(kind, kind);
        return catalog.wire(
                        binder -> {
                            binder.bind(Clock.class).toInstance(Clock.system());
                            binder.bind(InstantSource.class).toInstance(instants);
                            binder.bind(Metrics.class).toInstance(new Metrics());
                            binder.bind(RecentEndings.class).toInstance(List::of);
                        },
                        List.of(chosen),
                        faults)
                .make(chosen, type);
    }

    private static void checkClasses(
            String choice, Class<?> givenIn, Class<?> askedIn, Class<?> givenOut, Class<?> askedOut) {
        if (!givenIn.equals(askedIn) || !givenOut.equals(askedOut)) {
            throw new AssertionError(choice + " takes " + givenIn.getName() + " and gives " + givenOut.getName()
                    + ", not " + askedIn.getName() + " and " + askedOut.getName());
        }
    }
}
