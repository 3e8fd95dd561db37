package dev.weir.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.plugin.Plugin;
import dev.weir.plugin.PluginCatalog;
import dev.weir.plugin.PluginModule;
import dev.weir.server.DescriptorLimits;
import dev.weir.server.Weir;
import dev.weir.testkit.simulation.Conditions.Trigger;
import dev.weir.wiring.KernelPlugin;
import java.util.Collections;
import java.util.Optional;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** How many connections the process may have. */
class ConnectionCapProperties {
    private static final int LIMIT = 1000;
    private static final int RESERVE = 10;
    private static final Pattern CAP = Pattern.compile("at most (\\d+) ");

    @Property(tries = 20)
    void isWhatTheListeningSocketsTheSparesAndTheReserveLeave(
            @ForAll @IntRange(min = 1, max = 3) int loops,
            @ForAll @IntRange(min = 1, max = 3) int servers,
            @ForAll @IntRange(min = 1, max = 3) int addresses)
            throws Exception {
        SimulatedTransport network = new SimulatedTransport(1, Conditions.calm(Trigger.LEVEL));
        StringBuilder config = new StringBuilder(
                "weir { event-loops = " + loops + ", process.descriptors.reserve = " + RESERVE + " }\n");
        String listen = String.join(", ", Collections.nCopies(addresses, "\"127.0.0.1:0\""));
        for (int i = 0; i < servers; i++) {
            config.append("weir.servers.s%d { listen = [%s], codec = bytes, protocol = echo }\n".formatted(i, listen));
        }
        try (Weir weir = Weir.builder()
                .transport(network)
                .clock(network.clock())
                .descriptors(new DescriptorLimits(LIMIT, loops)) // The pollers.
                .plugins(PluginCatalog.of(new KernelPlugin(), new EchoPlugin()))
                .callerDriven()
                .config(config.toString())
                .build()) {
            weir.start();
            var cap = CAP.matcher(weir.report().toString());
            assertThat(cap.find()).isTrue();
            assertThat(Integer.parseInt(cap.group(1))).isEqualTo(LIMIT - RESERVE - network.descriptors());
        }
    }

    private record EchoPlugin() implements Plugin {
        @Override
        public String name() {
            return "test";
        }

        @Override
        public PluginModule module() {
            return new PluginModule() {
                @Override
                protected void offers() {
                    codec("bytes", settings -> new SimulatedServer.Bytes(0));
                    protocol(
                            "echo", settings -> new SimulatedServer.Tested(session -> session::send, Optional.empty()));
                }
            };
        }
    }
}
