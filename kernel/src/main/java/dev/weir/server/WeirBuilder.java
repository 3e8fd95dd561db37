package dev.weir.server;

import com.google.inject.Binder;
import com.typesafe.config.Config;
import dev.weir.config.ConfigFile;
import dev.weir.config.ConfigurationException;
import dev.weir.config.WeirSettings;
import dev.weir.connection.RecentEndings;
import dev.weir.engine.ConnectionBudget;
import dev.weir.engine.Endings;
import dev.weir.lifecycle.OverloadPolicy;
import dev.weir.loop.EventLoop;
import dev.weir.loop.EventLoopGroup;
import dev.weir.metrics.Metrics;
import dev.weir.plugin.Parts;
import dev.weir.plugin.PluginCatalog;
import dev.weir.settings.Choice;
import dev.weir.settings.ConfigFaults;
import dev.weir.time.Clock;
import dev.weir.transport.Capabilities;
import dev.weir.transport.Transport;
import dev.weir.transport.TransportException;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/** Gathers what a {@link Weir} is made of. For one thread and one build. */
public final class WeirBuilder {
    private final List<String> overrides = new ArrayList<>();
    private final Metrics metrics = new Metrics();
    private Path file;
    private String hocon;
    private Path pluginFolder;
    private PluginCatalog catalog;
    private Transport transport;
    private Clock clock = Clock.system();
    private InstantSource instants = InstantSource.system();
    private ByteBufAllocator allocator = ByteBufAllocator.DEFAULT;
    private DescriptorLimits descriptors;
    private ResourceReader resources;
    private OptionalLong raisedFrom = OptionalLong.empty();
    private int receiveBytes = EventLoop.RECEIVE_BYTES;
    private boolean poison;
    private boolean callerDriven;

    WeirBuilder() {}

    /** Reads the configuration from this file. */
    public WeirBuilder configFile(Path path) {
        file = path;
        return this;
    }

    /** Reads the configuration from this text, when there is no file. */
    public WeirBuilder config(String text) {
        hocon = text;
        return this;
    }

    /** Puts "path=value" on top of the configuration. May be called several times; later ones win. */
    public WeirBuilder override(String pathEqualsValue) {
        overrides.add(pathEqualsValue);
        return this;
    }

    /** Loads plugins from this folder too, beside those on the class path. */
    public WeirBuilder pluginFolder(Path folder) {
        pluginFolder = folder;
        return this;
    }

    /** Takes these plugins and no others. The Weir goes on to own the catalog. */
    public WeirBuilder plugins(PluginCatalog plugins) {
        catalog = plugins;
        return this;
    }

    /** Takes this transport, whatever the configuration says. */
    public WeirBuilder transport(Transport given) {
        transport = given;
        return this;
    }

    /** Measures time by this clock. */
    public WeirBuilder clock(Clock given) {
        clock = given;
        return this;
    }

    /** Tells the time of day by this source. */
    public WeirBuilder instants(InstantSource given) {
        instants = given;
        return this;
    }

    /** Takes buffers from here. */
    public WeirBuilder allocator(ByteBufAllocator given) {
        allocator = given;
        return this;
    }

    /** Takes these for the process's descriptors instead of asking the system. */
    public WeirBuilder descriptors(DescriptorLimits given) {
        descriptors = given;
        return this;
    }

    /** Lets the overload policy go by these readings instead of the process's own. For tests. */
    public WeirBuilder resources(ResourceReader given) {
        resources = given;
        return this;
    }

    /** Gives each loop a receive buffer of this size, 1 byte or more. For tests of what is cut off in the middle. */
    public WeirBuilder receiveBytes(int given) {
        receiveBytes = given;
        return this;
    }

    /** Fills each lent message with 0xDD after its call, so that who kept it is found out. For tests. */
    public WeirBuilder poisonLentMessages() {
        poison = true;
        return this;
    }

    /** Starts no threads: {@link Weir#turn()} runs the loops. For tests. */
    public WeirBuilder callerDriven() {
        callerDriven = true;
        return this;
    }

    /**
     * Checks everything and opens the pollers; binds nothing.
     *
     * @throws ConfigurationException with everything that is wrong
     */
    public Weir build() throws ConfigurationException {
        ConfigFaults faults = new ConfigFaults();
        PluginCatalog plugins = catalog != null
                ? catalog
                : PluginCatalog.load(WeirBuilder.class.getClassLoader(), Optional.ofNullable(pluginFolder), faults);
        ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
        try {
            return assemble(plugins, blocking, faults);
        } catch (ConfigurationException e) {
            blocking.shutdownNow();
            close(plugins, e);
            throw e;
        }
    }

    private Weir assemble(PluginCatalog plugins, ExecutorService blocking, ConfigFaults faults)
            throws ConfigurationException {
        Config config = file != null
                ? ConfigFile.load(file, overrides, plugins.references(), faults)
                : ConfigFile.parse(hocon == null ? "" : hocon, plugins.references(), faults);
        WeirSettings settings = WeirSettings.read(config, faults);
        List<Choice> candidates = transportCandidates(settings, plugins);
        List<Choice> choices = new ArrayList<>(settings.choices());
        choices.addAll(candidates);
        Endings endings = new Endings(settings.process().endingsKept(), instants);
        Parts parts = plugins.wire(binder -> platform(binder, endings), choices, faults);
        try {
            return assemble(settings, candidates, plugins, parts, endings, blocking, faults);
        } catch (ConfigurationException e) {
            parts.close();
            throw e;
        }
    }

    private Weir assemble(
            WeirSettings settings,
            List<Choice> candidates,
            PluginCatalog plugins,
            Parts parts,
            Endings endings,
            ExecutorService blocking,
            ConfigFaults faults)
            throws ConfigurationException {
        Optional<TransportChoice> chosen = transport(settings, candidates, parts, faults);
        ServerAssembly assembly = new ServerAssembly(
                parts,
                settings,
                metrics,
                blocking,
                endings,
                poison,
                faults,
                can -> transportsThat(can, settings, plugins, endings));
        List<Server> servers = assembly.servers(chosen.map(TransportChoice::transport));
        Optional<OverloadPolicy> overload = parts.make(settings.process().overload(), OverloadPolicy.class);
        if (descriptors == null && settings.process().descriptors().raiseLimit()) {
            raisedFrom = DescriptorLimitRaise.softToHard();
        }
        long toListen = assembly.toListen(servers);
        assembly.connectionCap(limits().plusOpen(toListen)); // So that its fault is told with the others.
        if (!faults.isEmpty()) {
            throw new ConfigurationException(faults.all());
        }
        EventLoopGroup group = pollers(settings, chosen.orElseThrow(), faults);
        // Once more: the pollers have descriptors, too.
        DescriptorLimits limits = limits().plusOpen(toListen);
        ConnectionBudget budget = new ConnectionBudget(assembly.connectionCap(limits), assembly.farewells());
        if (!faults.isEmpty()) {
            group.loops().forEach(EventLoop::close);
            throw new ConfigurationException(faults.all());
        }
        var made = new Weir.Assembly(
                settings,
                chosen.orElseThrow(),
                servers,
                budget,
                limits,
                clock,
                metrics,
                endings,
                allocator,
                blocking,
                plugins,
                parts,
                overload.orElseThrow(),
                Optional.ofNullable(resources),
                callerDriven);
        return new Weir(made, group);
    }

    /** What a plugin may ask for. */
    private void platform(Binder binder, RecentEndings endings) {
        binder.bind(Clock.class).toInstance(clock);
        binder.bind(InstantSource.class).toInstance(instants);
        binder.bind(Metrics.class).toInstance(metrics);
        binder.bind(RecentEndings.class).toInstance(endings);
    }

    /** The transports that can do something, by their names; those that are not plugged in are not known. Asked only for a fault's cure. */
    private List<String> transportsThat(
            Predicate<Capabilities> can, WeirSettings settings, PluginCatalog plugins, RecentEndings endings) {
        List<Choice> all = TransportChoice.candidates(plugins).stream()
                .map(settings.transport()::as)
                .toList();
        Parts made = plugins.wire(binder -> platform(binder, endings), all, new ConfigFaults());
        return all.stream()
                .flatMap(choice -> made.make(choice, Transport.class).stream())
                .filter(other -> can.test(other.capabilities()))
                .map(Transport::name)
                .toList();
    }

    private DescriptorLimits limits() {
        if (descriptors != null) {
            return descriptors;
        }
        DescriptorLimits now = DescriptorLimits.now();
        return new DescriptorLimits(now.limit(), now.open(), raisedFrom);
    }

    private EventLoopGroup pollers(WeirSettings settings, TransportChoice chosen, ConfigFaults faults)
            throws ConfigurationException {
        try {
            return EventLoopGroup.open(
                    chosen.transport(), settings.eventLoops(), clock, metrics, allocator, receiveBytes);
        } catch (TransportException e) {
            Choice choice = settings.transport();
            faults.add(
                    choice.origin(),
                    choice.path(),
                    "opening " + settings.eventLoops() + " pollers failed: " + e.getMessage() + ".",
                    "Lower weir.event-loops, or raise the limit of descriptors (ulimit -n).");
            throw new ConfigurationException(faults.all());
        }
    }

    private List<Choice> transportCandidates(WeirSettings settings, PluginCatalog plugins) {
        if (transport != null || !settings.transport().name().equals(WeirSettings.AUTO)) {
            return List.of();
        }
        return TransportChoice.candidates(plugins).stream()
                .map(settings.transport()::as)
                .toList();
    }

    private Optional<TransportChoice> transport(
            WeirSettings settings, List<Choice> candidates, Parts parts, ConfigFaults faults) {
        if (transport != null) {
            return Optional.of(new TransportChoice(transport, "given by the caller"));
        }
        Choice choice = settings.transport();
        if (!choice.isRead()) {
            return Optional.empty();
        }
        return choice.name().equals(WeirSettings.AUTO)
                ? TransportChoice.auto(choice, candidates, parts, faults)
                : TransportChoice.named(choice, parts, faults);
    }

    private static void close(PluginCatalog plugins, ConfigurationException why) {
        try {
            plugins.close();
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }
}
