package dev.weir.server;

import dev.weir.codec.CodecFactory;
import dev.weir.config.BackpressureSettings;
import dev.weir.config.DescriptorSettings;
import dev.weir.config.LifecycleSettings;
import dev.weir.config.ServerSettings;
import dev.weir.config.WeirSettings;
import dev.weir.engine.Endings;
import dev.weir.engine.Identities;
import dev.weir.engine.ServerMetrics;
import dev.weir.engine.ServerProfile;
import dev.weir.engine.Watermarks;
import dev.weir.lifecycle.DescriptorPolicy;
import dev.weir.lifecycle.HeartbeatPolicy;
import dev.weir.lifecycle.Policy;
import dev.weir.lifecycle.PolicyKind;
import dev.weir.lifecycle.Surroundings;
import dev.weir.metrics.Metrics;
import dev.weir.plugin.Parts;
import dev.weir.protocol.AnyProtocol;
import dev.weir.protocol.BlockingProtocol;
import dev.weir.settings.Choice;
import dev.weir.settings.ConfigFaults;
import dev.weir.transport.Capabilities;
import dev.weir.transport.Endpoint;
import dev.weir.transport.ListenOptions;
import dev.weir.transport.SocketOption;
import dev.weir.transport.Transport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.function.Predicate;

/** Makes servers of settings: makes the chosen parts, and checks that they fit each other and the transport. */
final class ServerAssembly {
    private static final Path SOMAXCONN = Path.of("/proc/sys/net/core/somaxconn");

    /** More goodbyes at a time than this would be work for those who are not served. */
    private static final int MOST_FAREWELLS = 32;

    private static final String DEFECT = "This is a defect of the plugin: ask its author.";

    private final Parts parts;
    private final WeirSettings settings;
    private final Metrics metrics;
    private final ExecutorService blocking;
    private final Endings endings;
    private final boolean poison;
    private final ConfigFaults faults;
    private final Function<Predicate<Capabilities>, List<String>> transportsThat;

    ServerAssembly(
            Parts parts,
            WeirSettings settings,
            Metrics metrics,
            ExecutorService blocking,
            Endings endings,
            boolean poison,
            ConfigFaults faults,
            Function<Predicate<Capabilities>, List<String>> transportsThat) {
        this.parts = parts;
        this.settings = settings;
        this.metrics = metrics;
        this.blocking = blocking;
        this.endings = endings;
        this.poison = poison;
        this.faults = faults;
        this.transportsThat = transportsThat;
    }

    /** The servers; those with faults are left out. */
    List<Server> servers(Optional<Transport> transport) {
        Choice onExhausted = settings.process().descriptors().onExhausted();
        Optional<DescriptorPolicy> descriptors = parts.make(onExhausted, DescriptorPolicy.class);
        List<Server> servers = new ArrayList<>();
        for (ServerSettings server : settings.servers()) {
            int before = faults.all().size();
            transport.ifPresent(chosen -> checkFit(server, chosen));
            Optional<Server> made = server(server, descriptors, transport);
            if (faults.all().size() == before) {
                made.ifPresent(servers::add);
            }
        }
        return servers;
    }

    /**
     * The descriptors that servers take to listen: the sockets, and a spare one for each loop that listens. A server is bound to the loop
     * of its place in the list.
     */
    long toListen(List<Server> servers) {
        int loops = settings.eventLoops();
        long sockets =
                servers.stream().mapToLong(server -> server.sockets(loops)).sum();
        boolean everyLoop = servers.stream().anyMatch(Server::listensOnEachLoop);
        return sockets + (everyLoop ? loops : Math.min(loops, servers.size()));
    }

    /** How many connections the process may have: below what is configured, and below what its descriptors allow. */
    long connectionCap(DescriptorLimits limits) {
        DescriptorSettings descriptors = settings.process().descriptors();
        long most = Math.min(limits.limit(), descriptors.max().orElse(Integer.MAX_VALUE));
        long cap = most - descriptors.reserve() - limits.open();
        if (cap < 1) {
            Choice where = descriptors.onExhausted();
            faults.add(
                    where.origin(),
                    "weir.process.descriptors",
                    most + " descriptors leave none for connections: " + limits.open() + " are in use and "
                            + descriptors.reserve() + " are kept in reserve.",
                    "Raise the limit (ulimit -n, LimitNOFILE) or lower reserve.");
            return 1;
        }
        return Math.min(cap, settings.process().maxConnections().orElse(Integer.MAX_VALUE));
    }

    /** How many refused connections may hear a goodbye at a time: they have half of the reserve at the most. */
    int farewells() {
        return Math.min(MOST_FAREWELLS, settings.process().descriptors().reserve() / 2);
    }

    private Optional<Server> server(
            ServerSettings server, Optional<DescriptorPolicy> descriptors, Optional<Transport> transport) {
        LifecycleSettings lifecycle = server.lifecycle();
        Optional<CodecFactory<?, ?>> codec = codec(server);
        Optional<AnyProtocol<?, ?>> protocol = protocol(server);
        var accept = make(lifecycle.accept(), PolicyKind.ACCEPT);
        var loopChoice = make(lifecycle.loopChoice(), PolicyKind.LOOP_CHOICE);
        var admission = make(lifecycle.admission(), PolicyKind.ADMISSION);
        var deadlines = make(lifecycle.deadlines(), PolicyKind.DEADLINES);
        var close = make(lifecycle.close(), PolicyKind.CLOSE);
        var onDuplicate = make(lifecycle.onDuplicate(), PolicyKind.ON_DUPLICATE);
        BackpressureSettings pressure = lifecycle.backpressure();
        var slowReader = make(pressure.slowReader(), PolicyKind.SLOW_READER);
        Map<Choice, HeartbeatPolicy> heartbeats = new LinkedHashMap<>();
        for (Choice heartbeat : lifecycle.heartbeat()) {
            make(heartbeat, PolicyKind.HEARTBEAT).ifPresent(made -> heartbeats.put(heartbeat, made));
        }
        Map<SocketOption<?>, Object> options = new HashMap<>(server.socket().streamOptions());
        if (codec.isPresent() && protocol.isPresent()) {
            match(server, codec.get(), protocol.get());
        }
        if (codec.isPresent() && protocol.isPresent() && transport.isPresent()) {
            var around = new Surroundings(
                    server.listen(),
                    server.socket().reusePort(),
                    lifecycle.connectionMode(),
                    codec.get(),
                    protocol.get(),
                    transport.get().capabilities());
            fit(settings.process().descriptors().onExhausted(), descriptors, around);
            fit(lifecycle.accept(), accept, around);
            fit(lifecycle.loopChoice(), loopChoice, around);
            fit(lifecycle.admission(), admission, around);
            fit(lifecycle.deadlines(), deadlines, around);
            fit(lifecycle.close(), close, around);
            fit(lifecycle.onDuplicate(), onDuplicate, around);
            fit(pressure.slowReader(), slowReader, around);
            heartbeats.forEach((choice, heartbeat) -> fit(choice, Optional.of(heartbeat), around));
            heartbeats.forEach((choice, heartbeat) -> addOptions(choice, heartbeat, options, transport.get()));
        }
        if (!faults.isEmpty()) {
            return Optional.empty();
        }
        // What connections have from their listener needs no call for each.
        Map<SocketOption<?>, Object> listening = new HashMap<>(server.socket().listenOptions());
        for (SocketOption<?> inherited : transport.orElseThrow().capabilities().inheritedOptions()) {
            if (options.containsKey(inherited)) {
                listening.put(inherited, options.remove(inherited));
            }
        }
        Identities identities = new Identities(onDuplicate.orElseThrow());
        metrics.watch("weir.server.identities", Map.of("server", server.name()), Metrics.Kind.GAUGE, identities::known);
        ServerProfile profile = new ServerProfile(
                server.name(),
                codec.orElseThrow(),
                protocol.orElseThrow(),
                server.protocol().name(),
                Map.copyOf(options),
                new Watermarks(
                        pressure.high().bytes(),
                        pressure.low().bytes(),
                        pressure.hard().bytes()),
                slowReader.orElseThrow(),
                List.copyOf(heartbeats.values()),
                List.of(deadlines.orElseThrow()),
                close.orElseThrow(),
                lifecycle.closeWaitWarning(),
                lifecycle.connectionMode(),
                identities,
                endings,
                blocking,
                new ServerMetrics(metrics, server.name(), settings.eventLoops()),
                poison);
        var asked = new Server.AcceptPolicies(
                accept.orElseThrow(), loopChoice.orElseThrow(), admission.orElseThrow(), descriptors.orElseThrow());
        int backlog = server.socket().backlog().orElseGet(() -> Backlog.auto(SOMAXCONN));
        return Optional.of(new Server(server, profile, asked, new ListenOptions(backlog, listening)));
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // A class literal has no parameters.
    private Optional<CodecFactory<?, ?>> codec(ServerSettings server) {
        return (Optional) parts.make(server.codec(), CodecFactory.class);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // A class literal has no parameters.
    private Optional<AnyProtocol<?, ?>> protocol(ServerSettings server) {
        return (Optional) parts.make(server.protocol(), AnyProtocol.class);
    }

    private <P> Optional<P> make(Choice choice, PolicyKind<P> kind) {
        return parts.make(choice, kind.type());
    }

    /** A policy says itself whether it can work where it was chosen. */
    private void fit(Choice choice, Optional<? extends Policy> policy, Surroundings around) {
        try {
            policy.flatMap(made -> made.misfit(around)).ifPresent(misfit -> tell(choice, misfit));
        } catch (RuntimeException | LinkageError | AssertionError e) {
            faults.add(
                    choice.origin(),
                    choice.path(),
                    choice.kind() + " " + choice.name() + " failed to say whether it fits: " + e + ".",
                    DEFECT);
        }
    }

    /** A heartbeat may have the system work for it, by options of the sockets. */
    private void addOptions(
            Choice choice, HeartbeatPolicy heartbeat, Map<SocketOption<?>, Object> options, Transport transport) {
        Map<SocketOption<?>, Object> asked;
        try {
            asked = Map.copyOf(heartbeat.options());
        } catch (RuntimeException | LinkageError | AssertionError e) {
            faults.add(
                    choice.origin(),
                    choice.path(),
                    choice.kind() + " " + choice.name() + " failed to say which socket options it needs: " + e + ".",
                    DEFECT);
            return;
        }
        asked.forEach((option, value) -> {
            if (!transport.capabilities().streamOptions().contains(option)) {
                faults.add(
                        choice.origin(),
                        choice.path(),
                        "the transport " + transport.name() + " cannot set " + option + ".",
                        cure("leave it out", can -> can.streamOptions().contains(option)));
            }
            Object other = options.putIfAbsent(option, value);
            if (other != null && !other.equals(value)) {
                faults.add(
                        choice.origin(),
                        choice.path(),
                        choice.kind() + " " + choice.name() + " sets " + option + " to " + value + ", and it is "
                                + other + " already.",
                        "Leave one of the two out.");
            }
        });
    }

    private void tell(Choice choice, Policy.Misfit misfit) {
        if (misfit.key().isEmpty()) {
            faults.add(choice.origin(), choice.path(), misfit.problem(), misfit.cure());
        } else {
            choice.settings().fault(misfit.key(), misfit.problem(), misfit.cure());
        }
    }

    /** The codec's messages must be the protocol's, both ways, and be there for it in its style. */
    private void match(ServerSettings server, CodecFactory<?, ?> codec, AnyProtocol<?, ?> protocol) {
        String codecName = server.codec().name();
        String protocolName = server.protocol().name();
        if (!protocol.inbound().isAssignableFrom(codec.inbound())) {
            faults.add(
                    server.protocol().origin(),
                    server.protocol().path(),
                    "protocol " + protocolName + " takes messages of "
                            + protocol.inbound().getName() + ", but codec " + codecName + " gives "
                            + codec.inbound().getName() + ".",
                    "Choose another codec, or set it so that it gives what the protocol takes.");
        }
        if (!codec.outbound().isAssignableFrom(protocol.outbound())) {
            faults.add(
                    server.protocol().origin(),
                    server.protocol().path(),
                    "protocol " + protocolName + " sends messages of "
                            + protocol.outbound().getName() + ", but codec " + codecName + " takes "
                            + codec.outbound().getName() + ".",
                    "Choose another codec, or set it so that it takes what the protocol sends.");
        }
        if (protocol instanceof BlockingProtocol && !codec.servesBlocking()) {
            faults.add(
                    server.protocol().origin(),
                    server.protocol().path(),
                    "protocol " + protocolName + " blocks, but what comes behind the messages of codec " + codecName
                            + " can be had on the event loop only.",
                    "Choose another codec, or a protocol that runs on the loop and hands on what blocks.");
        }
    }

    /** What the configuration asks of the sockets must be what the transport can do. */
    private void checkFit(ServerSettings server, Transport transport) {
        checkOptions(server, server.socket().listenOptions().keySet(), transport, Capabilities::listenOptions);
        checkOptions(server, server.socket().streamOptions().keySet(), transport, Capabilities::streamOptions);
        for (Endpoint address : server.listen()) {
            if (!canListenOn(address, transport.capabilities())) {
                server.keys()
                        .fault(
                                "listen",
                                "the transport " + transport.name() + " cannot listen on " + address + ".",
                                cure("choose another address", can -> canListenOn(address, can)));
            }
        }
    }

    private static boolean canListenOn(Endpoint address, Capabilities can) {
        return switch (address) {
            case Endpoint.Inet inet -> true;
            case Endpoint.Unix unix -> can.unixSockets();
            case Endpoint.UnixAbstract named -> can.abstractNames();
            case Endpoint.Unknown unknown -> false;
        };
    }

    private void checkOptions(
            ServerSettings server,
            Set<SocketOption<?>> asked,
            Transport transport,
            Function<Capabilities, Set<SocketOption<?>>> able) {
        for (SocketOption<?> option : asked) {
            if (!able.apply(transport.capabilities()).contains(option)) {
                server.socket()
                        .keys()
                        .fault(
                                option.name(),
                                "the transport " + transport.name() + " cannot set it.",
                                cure("leave it out", can -> able.apply(can).contains(option)));
            }
        }
    }

    private String cure(String instead, Predicate<Capabilities> can) {
        List<String> others = transportsThat.apply(can);
        return others.isEmpty()
                ? "No transport that is plugged in can; " + instead + "."
                : "Set weir.transport = " + String.join(" or ", others) + ", or " + instead + ".";
    }
}
