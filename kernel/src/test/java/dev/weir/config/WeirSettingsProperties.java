package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import dev.weir.plugin.PluginCatalog;
import dev.weir.settings.Choice;
import dev.weir.settings.ConfigFaults;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for any configuration. */
class WeirSettingsProperties {
    private static final Config REFERENCES = PluginCatalog.of().references();

    private static final List<String> LINES = List.of(
            "weir.transport { use = nio }",
            "weir.event-loops = 3",
            "weir.event-lops = 3",
            "weir.process.descriptors.on-exhausted.at-most = 3s",
            "weir.process.max-connections = 12",
            "weir.process.drain.deadline = 7",
            "weir.server-defaults.lifecycle.accept { use = batch, size = 7 }",
            "weir.server-defaults.socket.backlog = 128",
            "weir.server-defaults.sokcet.backlog = 129",
            "weir.defaults.close.force.half-close = propagate",
            "weir.servers.a { listen = \"*:1\", codec = line, protocol = echo }",
            "weir.servers.b.listen = [\"*:2\", \"[::1]:3\", \"*:1\"]",
            "weir.servers.b { codec { use = line, max = 5 }, protocol = echo }",
            "weir.servers.b.lifecycle { accept.use = one, close = force }",
            "weir.servers.b.lifecycle.backpressure { high = 2MiB, low = 3MiB }",
            "weir.servers.c.socket = none");

    /** Lines that undo others, so that their order does matter. */
    private static final List<String> WRECKS = List.of(
            "weir = 5",
            "weir.defaults = 5",
            "weir.defaults.accept = 5",
            "weir.defaults.accept.batch = [5]",
            "weir.process = []",
            "weir.process.descriptors = null",
            "weir.servers = 5",
            "weir.servers = null",
            "weir.servers.a = null",
            "weir.servers.b = [5]",
            "weir.servers.b.listen = { x = 5 }",
            "weir.servers.b.lifecycle.heartbeat = { x = 5 }",
            "weir.server-defaults = 5",
            "weir.server-defaults.lifecycle = x",
            "weir.server-defaults.lifecycle.backpressure = null");

    /** What a configuration says and what is wrong with it, without lines. */
    private record Reading(Set<String> settings, Set<String> faults) {}

    @Property(tries = 100)
    void theOrderOfKeysDoesNotMatter(@ForAll("someLines") List<String> lines, @ForAll("someLines") List<String> first) {
        List<String> moved =
                new ArrayList<>(first.stream().filter(lines::contains).toList());
        lines.stream().filter(line -> !moved.contains(line)).forEach(moved::add);

        assertThat(read(moved)).isEqualTo(read(lines));
    }

    @Property(tries = 100)
    void whatIsReadIsCompleteWhateverIsWrong(@ForAll("anyLines") List<String> lines) {
        WeirSettings settings = WeirSettings.read(
                ConfigFile.parse(String.join("\n", lines), REFERENCES, new ConfigFaults()), new ConfigFaults());

        assertThat(settings.eventLoops()).isPositive();
        assertThat(settings.servers())
                .allSatisfy(server -> assertThat(server.choices())
                        .extracting(Choice::kind)
                        .contains(
                                "codec",
                                "protocol",
                                "accept",
                                "loop-choice",
                                "admission",
                                "deadlines",
                                "close",
                                "slow-reader"));
    }

    private static Reading read(List<String> lines) {
        ConfigFaults faults = new ConfigFaults();
        WeirSettings settings =
                WeirSettings.read(ConfigFile.parse(String.join("\n", lines), REFERENCES, faults), faults);
        Set<String> said = settings.choices().stream()
                .map(choice -> choice.path() + " = " + choice.name()
                        + choice.settings().names())
                .collect(Collectors.toSet());
        said.add("loops " + settings.eventLoops());
        said.add("connections " + settings.process().maxConnections());
        said.add("drain " + settings.process().drain());
        settings.servers().forEach(server -> {
            said.add(server.name() + " " + server.listen());
            said.add(server.name() + " " + server.socket().backlog());
            said.add(server.name() + " " + server.lifecycle().backpressure().high());
        });
        return new Reading(
                said,
                faults.all().stream()
                        .map(fault -> fault.path() + fault.problem())
                        .collect(Collectors.toSet()));
    }

    @Provide
    Arbitrary<List<String>> someLines() {
        return some(LINES);
    }

    @Provide
    Arbitrary<List<String>> anyLines() {
        List<String> all = new ArrayList<>(LINES);
        all.addAll(WRECKS);
        return some(all);
    }

    private static Arbitrary<List<String>> some(List<String> all) {
        return Arbitraries.shuffle(all)
                .flatMap(
                        lines -> Arbitraries.integers().between(0, lines.size()).map(size -> lines.subList(0, size)));
    }
}
