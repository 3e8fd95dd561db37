package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.typesafe.config.Config;
import dev.weir.plugin.PluginCatalog;
import dev.weir.settings.ByteSize;
import dev.weir.settings.Choice;
import dev.weir.settings.ConfigFault;
import dev.weir.settings.ConfigFaults;
import dev.weir.transport.SocketOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The file as records: what stands where, and what is said of what is wrong. */
class WeirSettingsTest {
    private static final Config REFERENCES = PluginCatalog.of().references();
    private static final String ECHO = "weir.servers.echo { listen = \"*:0\", codec = line, protocol = echo }\n";

    private final ConfigFaults faults = new ConfigFaults();

    @Test
    void aServerNeedsNoMoreThanAddressCodecAndProtocol() {
        WeirSettings settings = read(ECHO);

        assertThat(said()).isEmpty();
        assertThat(settings.transport().name()).isEqualTo(WeirSettings.AUTO);
        assertThat(settings.eventLoops()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(settings.process().descriptors().reserve()).isEqualTo(64);
        assertThat(settings.process().descriptors().max()).isEmpty();
        assertThat(settings.process().maxConnections()).isEmpty();
        assertThat(settings.process().drain().deadline()).isEqualTo(Duration.ofSeconds(30));
        ServerSettings echo = settings.servers().getFirst();
        assertThat(echo.name()).isEqualTo("echo");
        assertThat(echo.socket().backlog()).isEmpty();
        assertThat(echo.socket().listenOptions()).containsOnly(Map.entry(SocketOption.REUSE_ADDRESS, true));
        assertThat(echo.socket().streamOptions()).containsOnly(Map.entry(SocketOption.NO_DELAY, true));
        assertThat(echo.lifecycle().accept().settings().integer("size", 1, 100)).isEqualTo(16);
        BackpressureSettings backpressure = echo.lifecycle().backpressure();
        assertThat(backpressure.high()).isEqualTo(ByteSize.ofMiB(1));
        assertThat(backpressure.low()).isEqualTo(ByteSize.ofKiB(256));
        assertThat(backpressure.hard()).isEqualTo(ByteSize.ofMiB(64));
    }

    @Test
    void allChoicesAreThoseOfTheProcessAndOfEachServer() {
        assertThat(read(ECHO + "weir.transport = nio").choices().stream().map(c -> c.kind() + " " + c.name()))
                .containsExactly(
                        "transport nio",
                        "on-exhausted shed",
                        "overload thresholds",
                        "codec line",
                        "protocol echo",
                        "accept batch",
                        "loop-choice round-robin",
                        "admission limits",
                        "heartbeat idle",
                        "deadlines phases",
                        "close graceful",
                        "on-duplicate allow",
                        "slow-reader pause");
        assertThat(read(ECHO).choices()).extracting(Choice::kind).doesNotContain("transport");
    }

    @Test
    void everySettingIsReadFromItsPlace() {
        WeirSettings settings = read("""
                weir {
                  transport { use = epoll, trigger = edge }
                  event-loops = 3
                  process {
                    descriptors { reserve = 7, max = 500, on-exhausted = exit }
                    max-connections = 400
                    drain.deadline = 2s
                  }
                  servers.echo {
                    listen = ["127.0.0.1:1", "127.0.0.1:2"], codec = line, protocol = echo
                    socket {
                      backlog = 9, reuse-address = off, no-delay = off, receive-buffer = 64KiB, send-buffer = 32KiB
                    }
                    lifecycle {
                      accept = one, heartbeat = [idle, { use = ping, every = 3s }]
                      backpressure { high = 2MiB, low = 1MiB, hard = 3MiB, slow-reader = close }
                    }
                  }
                }
                """);

        assertThat(said()).isEmpty();
        assertThat(settings.transport().settings().string("trigger")).isEqualTo("edge");
        assertThat(settings.eventLoops()).isEqualTo(3);
        assertThat(settings.process().descriptors().reserve()).isEqualTo(7);
        assertThat(settings.process().descriptors().max()).isEqualTo(OptionalInt.of(500));
        assertThat(settings.process().descriptors().onExhausted().name()).isEqualTo("exit");
        assertThat(settings.process().maxConnections()).isEqualTo(OptionalInt.of(400));
        assertThat(settings.process().drain().deadline()).isEqualTo(Duration.ofSeconds(2));
        ServerSettings echo = settings.servers().getFirst();
        assertThat(echo.listen()).extracting(Object::toString).containsExactly("127.0.0.1:1", "127.0.0.1:2");
        assertThat(echo.socket().backlog()).isEqualTo(OptionalInt.of(9));
        assertThat(echo.socket().listenOptions())
                .containsOnly(
                        Map.entry(SocketOption.REUSE_ADDRESS, false),
                        Map.entry(SocketOption.RECEIVE_BUFFER, 64 * 1024));
        assertThat(echo.socket().streamOptions())
                .containsOnly(Map.entry(SocketOption.NO_DELAY, false), Map.entry(SocketOption.SEND_BUFFER, 32 * 1024));
        assertThat(echo.lifecycle().accept().name()).isEqualTo("one");
        assertThat(echo.lifecycle().heartbeat()).extracting(Choice::name).containsExactly("idle", "ping");
        assertThat(echo.lifecycle().backpressure().slowReader().name()).isEqualTo("close");
        assertThat(echo.lifecycle().backpressure().hard()).isEqualTo(ByteSize.ofMiB(3));
    }

    @Test
    void everyOptionOfASocketIsReadForTheSocketThatTakesIt() {
        SocketSettings socket = read("""
                weir.servers.echo {
                  listen = "127.0.0.1:1", codec = line, protocol = echo
                  socket {
                    reuse-port = on, defer-accept = 2s, fast-open = 16
                    not-sent-low-water = 16KiB, quick-ack = on, busy-poll = 50us
                  }
                }
                """).servers().getFirst().socket();

        assertThat(said()).isEmpty();
        assertThat(socket.reusePort()).isTrue();
        assertThat(socket.listenOptions())
                .containsOnly(
                        Map.entry(SocketOption.REUSE_ADDRESS, true),
                        Map.entry(SocketOption.REUSE_PORT, true),
                        Map.entry(SocketOption.DEFER_ACCEPT, Duration.ofSeconds(2)),
                        Map.entry(SocketOption.FAST_OPEN, 16));
        assertThat(socket.streamOptions())
                .containsOnly(
                        Map.entry(SocketOption.NO_DELAY, true),
                        Map.entry(SocketOption.NOT_SENT_LOW_WATER, 16 * 1024),
                        Map.entry(SocketOption.QUICK_ACK, true),
                        Map.entry(SocketOption.BUSY_POLL, Duration.ofNanos(50_000)));
    }

    @Test
    void modeAndOwnerOfASocketsFile() {
        UnixFileSettings file = unixFile("unix-mode = \"0640\", unix-owner = \"weir:clients\"");
        assertThat(file.mode().orElseThrow()).isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
        assertThat(file.user()).hasValue("weir");
        assertThat(file.group()).hasValue("clients");
        assertThat(unixFile("unix-owner = \":clients\"").user()).isEmpty();
        assertThat(unixFile("").isEmpty()).isTrue();
        assertThat(said()).isEmpty();
    }

    @Test
    void whatIsNoModeAndNoOwner() {
        unixFile("unix-mode = \"rw-\", unix-owner = \"a:b:c\"");
        assertThat(said())
                .hasSize(2)
                .anyMatch(text -> text.contains("unix-mode: is \"rw-\". Write three octal digits"))
                .anyMatch(text -> text.contains("unix-owner: is \"a:b:c\". Write \"USER\""));
    }

    private UnixFileSettings unixFile(String keys) {
        return read("weir.servers.a { listen = \"unix:/s\", codec = x, protocol = y, socket { " + keys + " } }")
                .servers()
                .getFirst()
                .socket()
                .unixFile();
    }

    @Test
    void aTimeThatTheSystemCannotKeepIsAFault() {
        read("""
                weir.servers.echo {
                  listen = "127.0.0.1:1", codec = line, protocol = echo
                  socket { defer-accept = 1500ms, busy-poll = 1500ns }
                }
                """);

        assertThat(said())
                .hasSize(2)
                .anyMatch(text -> text.contains("defer-accept: is not a multiple of 1000ms"))
                .anyMatch(text -> text.contains("busy-poll: is not a multiple of 1us"));
    }

    @Test
    void aBlockWithoutUseKeepsTheChoiceAndChangesItsSettings() {
        Choice accept = read(ECHO + "weir.servers.echo.lifecycle.accept { size = 5 }")
                .servers()
                .getFirst()
                .lifecycle()
                .accept();

        assertThat(accept.name()).isEqualTo("batch");
        assertThat(accept.settings().integer("size", 1, 100)).isEqualTo(5);
    }

    @Test
    void serverDefaultsAreThoseOfEveryServer() {
        WeirSettings settings = read(ECHO + """
                weir.servers.other { listen = "*:0", codec = raw, protocol = echo, lifecycle.accept { use = one } }
                weir.servers.third { listen = "*:0", codec = raw, protocol = echo, lifecycle.close { fin = 2s } }
                weir.server-defaults {
                  lifecycle.accept { use = batch, size = 32 }
                  lifecycle.close = force
                  socket.backlog = 77
                }
                """);

        assertThat(said()).isEmpty();
        assertThat(settings.servers())
                .allSatisfy(server -> assertThat(server.socket().backlog()).hasValue(77));
        assertThat(settings.servers().get(0).lifecycle().accept().settings().integer("size", 1, 100))
                .isEqualTo(32);
        Choice another = settings.servers().get(1).lifecycle().accept();
        assertThat(another.name()).isEqualTo("one");
        assertThat(another.settings().has("size")).as("the size is for batch").isFalse();
        Choice close = settings.servers().get(2).lifecycle().close();
        assertThat(close.name()).as("the name alone is kept, too").isEqualTo("force");
        assertThat(close.settings().string("fin")).isEqualTo("2s");
    }

    @Test
    void aCodecMayBeADefaultToo() {
        WeirSettings settings =
                read("weir.server-defaults.codec = line, weir.servers.a { listen = \"*:0\", protocol = echo }");

        assertThat(said()).isEmpty();
        assertThat(settings.servers().getFirst().codec().name()).isEqualTo("line");
    }

    @Test
    void noServers() {
        read("weir.event-loops = 1");

        assertThat(said())
                .singleElement()
                .asString()
                .endsWith(
                        "weir.servers: there is no server. Add one: weir.servers.NAME { listen = [\"*:PORT\"], codec ="
                                + " CODEC, protocol = PROTOCOL }.");
    }

    @Test
    void aServerThatLacksWhatItNeeds() {
        WeirSettings settings = read("\nweir.servers.echo {\n protocol = echo }");

        assertThat(said())
                .containsExactly(
                        "weir.conf: 2: weir.servers.echo.listen: is missing. Give it a value.",
                        "weir.conf: 2: weir.servers.echo.codec: is missing. Give it a value.");
        assertThat(settings.servers().getFirst().codec().isRead()).isFalse();
        assertThat(settings.choices()).extracting(Choice::name).contains("echo", "batch");
    }

    @Test
    void unknownKeysAtEveryLevel() {
        read(ECHO + """
                akka.loglevel = DEBUG
                weir.event-lops = 2
                weir.process.drian { deadline = 1s }
                weir.process.descriptors.rserve = 5
                weir.process.drain.dedline = 5s
                weir.servers.echo.protocl = echo
                weir.servers.echo.socket.nodelay = on
                weir.servers.echo.lifecycle.heartbeats = []
                weir.servers.echo.lifecycle.backpressure.higher = 1MiB
                """);

        assertThat(said())
                .containsExactlyInAnyOrder(
                        "weir.conf: 2: akka: unknown key. Everything stands in the block weir.",
                        "weir.conf: 3: weir.event-lops: unknown key. Did you mean event-loops?",
                        "weir.conf: 4: weir.process.drian: unknown key. Did you mean drain?",
                        "weir.conf: 5: weir.process.descriptors.rserve: unknown key. Did you mean reserve?",
                        "weir.conf: 6: weir.process.drain.dedline: unknown key. Did you mean deadline?",
                        "weir.conf: 7: weir.servers.echo.protocl: unknown key. Did you mean protocol?",
                        "weir.conf: 8: weir.servers.echo.socket.nodelay: unknown key. Did you mean no-delay?",
                        "weir.conf: 9: weir.servers.echo.lifecycle.heartbeats: unknown key. Did you mean heartbeat?",
                        "weir.conf: 10: weir.servers.echo.lifecycle.backpressure.higher: unknown key. Did you mean high?");
    }

    @Test
    void aSlipInTheRoot() {
        read("wier { event-loops = 1 }");

        assertThat(said().getFirst())
                .isEqualTo("weir.conf: 1: wier: unknown key. Everything stands in the block weir. Did you mean weir?");
    }

    @Test
    void theRootIsABlock() {
        read("weir = 5");

        assertThat(said()).first().asString().isEqualTo("weir.conf: 1: weir: is 5. Write a block { … }.");
    }

    @Test
    void aFaultOfTheDefaultsIsSaidOnceAndAtItsOwnPlace() {
        read(ECHO + """
                weir.servers.other { listen = "*:0", codec = raw, protocol = echo }
                weir.server-defaults.sokcet { backlog = 5 }
                weir.server-defaults.socket.backlog = many
                weir.server-defaults.lifecycle.backpressure.low = 2MiB
                weir.server-defaults.listen = "*:1"
                """);

        assertThat(said())
                .containsExactlyInAnyOrder(
                        "weir.conf: 3: weir.server-defaults.sokcet: unknown key. Did you mean socket?",
                        "weir.conf: 4: weir.server-defaults.socket.backlog: is \"many\". Write a whole number from 1 to"
                                + " 1048576, or auto.",
                        "weir.conf: 5: weir.server-defaults.lifecycle.backpressure.low: 2MiB is not below high, which is"
                                + " 1MiB. Lower low or raise high.",
                        "weir.conf: 6: weir.server-defaults.listen: unknown key. There is: codec, lifecycle, protocol,"
                                + " socket.");
    }

    @Test
    void aTransportThatIsLeftToTheServerHasNoSettings() {
        read(ECHO + "weir.transport { use = auto, trigger = edge }");

        assertThat(said()).containsExactly("weir.conf: 2: weir.transport.trigger: unknown key. There is: use.");
    }

    @Test
    void marksThatDoNotFitTogether() {
        read(ECHO + "weir.servers.echo.lifecycle.backpressure { high = 1MiB\n low = 1MiB\n hard = 512KiB }");

        assertThat(said())
                .containsExactly(
                        "weir.conf: 3: weir.servers.echo.lifecycle.backpressure.low: 1MiB is not below high, which is"
                                + " 1MiB. Lower low or raise high.",
                        "weir.conf: 4: weir.servers.echo.lifecycle.backpressure.hard: 512KiB is below high, which is 1MiB."
                                + " Raise hard or lower high.");
    }

    @Test
    void aHighMarkHasALeast() {
        read(ECHO + "weir.servers.echo.lifecycle.backpressure { high = 63KiB, low = 1KiB }");

        assertThat(said())
                .containsExactly(
                        "weir.conf: 2: weir.servers.echo.lifecycle.backpressure.high: is \"63KiB\". Write a size"
                                + " from 64KiB to 1GiB, such as 64KiB.");
    }

    @Test
    void moreInReserveThanThereIs() {
        read(ECHO + "weir.process.descriptors { reserve = 100, max = 100 }");

        assertThat(said())
                .containsExactly(
                        "weir.conf: 2: weir.process.descriptors.max: 100 leaves none for connections when 100 are"
                                + " kept in reserve. Raise max or lower reserve.");
    }

    @Test
    void aServerOfABadName() {
        read("weir.servers.\"a b\" { listen = \"*:0\", codec = line, protocol = echo }");

        assertThat(said())
                .containsExactly(
                        "weir.conf: 1: weir.servers.\"a b\": is no name for a server. Use letters, digits, dashes"
                                + " and underscores.");
    }

    @Test
    void allFaultsAreToldTogether() {
        read("""
                weir.event-loops = -1
                weir.transport = 7
                weir.servers.a { listen = 7100, codec = line, protocol = echo }
                weir.servers.b { listen = "*:0", codec {}, protocol = echo, socket = on }
                """);

        assertThat(said())
                .extracting(text -> text.split(": ", 4)[2])
                .contains(
                        "weir.event-loops",
                        "weir.transport",
                        "weir.servers.a.listen",
                        "weir.servers.b.codec",
                        "weir.servers.b.socket");
    }

    @Test
    void theExceptionHasOneFaultALine() {
        List<ConfigFault> two = List.of(
                new ConfigFault("weir.conf:1", "weir.a", "is 1.", "Write 2."),
                new ConfigFault("plugins/a.jar", "", "is no jar.", ""));
        ConfigurationException exception = new ConfigurationException(two);

        assertThat(exception)
                .hasMessage(String.join(
                        System.lineSeparator(), "weir.conf:1: weir.a: is 1. Write 2.", "plugins/a.jar: is no jar."));
        assertThat(exception.faults()).isEqualTo(two);
        assertThatIllegalArgumentException().isThrownBy(() -> new ConfigurationException(List.of()));
    }

    private WeirSettings read(String hocon) {
        return WeirSettings.read(ConfigFile.parse(hocon, REFERENCES, faults), faults);
    }

    private List<String> said() {
        return faults.all().stream()
                .map(ConfigFault::toString)
                .map(text -> text.replaceFirst("^String", "weir.conf"))
                .toList();
    }
}
