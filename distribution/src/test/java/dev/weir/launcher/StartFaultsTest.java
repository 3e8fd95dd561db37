package dev.weir.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.config.ConfigurationException;
import dev.weir.server.BindException;
import dev.weir.server.Weir;
import dev.weir.settings.ConfigFault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong at the start is told in words, with its place and all at once; with the parts that Weir ships. */
class StartFaultsTest {
    /** Documentation address (RFC 5737), which no machine has. */
    private static final String FOREIGN = "192.0.2.1";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    weir.transport = nioo                                       | there is no transport "nioo". Did you mean nio?
                    weir.process.descriptors.on-exhausted = puase               | there is no on-exhausted "puase". Did you mean pause? There is: close-listener, evict-idle, exit, pause, shed.
                    weir.servers.a.codec = rwa                                  | there is no codec "rwa". Did you mean raw? There is: delimiter, fixed, http1, length-header, line, raw.
                    weir.servers.a.protocol = ehco                              | there is no protocol "ehco". Did you mean echo? There is: chargen, daytime, discard, echo, http-demo, http-files, metrics, time.
                    weir.servers.a.lifecycle.accept = tow                       | there is no accept "tow". There is: batch, drain, one.
                    weir.servers.a.lifecycle.loop-choice = any                  | there is no loop-choice "any". There is: kernel, least-connections, peer-hash, round-robin.
                    weir.servers.a.lifecycle.admission = all                    | there is no admission "all". There is: limits.
                    weir.servers.a.lifecycle.heartbeat = idel                   | there is no heartbeat "idel". Did you mean idle? There is: idle, ping, tcp.
                    weir.servers.a.lifecycle.deadlines = one                    | there is no deadlines "one". There is: phases.
                    weir.servers.a.lifecycle.close = forced                     | there is no close "forced". Did you mean force? There is: force, graceful, reset.
                    weir.servers.a.lifecycle.backpressure.slow-reader = drop    | there is no slow-reader "drop". There is: close, coalesce, drop-oldest, pause.
                    weir.servers.a.lifecycle.on-duplicate = replaced            | there is no on-duplicate "replaced". Did you mean replace? There is: allow, reject, replace.
                    weir.servers.a.lifecycle.connection-mode = medium           | weir.servers.a.lifecycle.connection-mode: is "medium". Write one of long, short.
                    weir.servers.a.lifecycle.backpressure.slow-reader = coalesce | the protocol does not say which of its messages replace older ones. Choose pause, close or drop-oldest
                    weir.process.drain.spread = 30s                             | weir.process.drain.spread: 30000ms is not below deadline, which is 30000ms
                    weir.servers.a.codec = fixed                                | weir.servers.a.codec.size: is missing. Write a size from 1B to 1GiB
                    weir.servers.a.codec { use = length-header, max-frame = 1 } | weir.servers.a.codec.max-frame: 1 has no unit. Write a size with its unit
                    weir.transport { use = epoll, trigger = both }              | weir.transport.trigger: is "both". Write one of edge, level.
                    weir.servers.a.socket.linger = 1s                           | weir.servers.a.socket.linger: is never set: with a time, close(2) blocks the event loop
                    weir.event-loops = many                                     | weir.event-loops: is "many". Write a whole number from 0 to 1024.
                    """)
    void aNameOrValueThatDoesNotFitSaysWhatWould(String line, String told) throws IOException {
        List<ConfigFault> faults = faultsOf(line);

        assertThat(faults).hasSize(1);
        assertThat(faults.getFirst().toString()).contains("weir.conf:2: ").contains(told);
    }

    @Test
    void aCodecWhoseMessagesTheProtocolDoesNotTakeIsToldBothWays() throws IOException {
        assertThat(faultsOf("weir.servers.a.codec { use = line, text = on }"))
                .extracting(ConfigFault::problem)
                .containsExactly(
                        "protocol echo takes messages of io.netty.buffer.ByteBuf, but codec line gives java.lang.String.",
                        "protocol echo sends messages of io.netty.buffer.ByteBuf, but codec line takes java.lang.String.");
    }

    @Test
    void anOptionThatTheTransportCannotSetNamesTheOneThatCan() throws IOException {
        assertThat(faultsOf("weir.transport = nio, weir.servers.a.socket.defer-accept = 5s"))
                .singleElement()
                .asString()
                .contains("weir.conf:2: weir.servers.a.socket.defer-accept: the transport nio cannot set it. "
                        + "Set weir.transport = epoll, or leave it out.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    weir.transport = nio, weir.servers.a.lifecycle.heartbeat = { use = tcp, user-timeout = 5s } | the transport nio cannot set user-timeout. Set weir.transport = epoll, or leave it out.
                    weir.servers.a.lifecycle.heartbeat = ping                                                   | heartbeat ping needs a protocol that has a ping
                    weir.servers.a { listen = "unix:/tmp/weir.sock", lifecycle.heartbeat = tcp }                | this server listens on Unix domain sockets only.
                    weir.servers.a.lifecycle.heartbeat = [ tcp, { use = tcp, count = 3 } ]                      | heartbeat tcp sets keep-alive-count to 3, and it is 10 already.
                    weir.servers.a.lifecycle.heartbeat = { use = tcp, idle = 1500ms }                           | heartbeat.idle: is not a multiple of 1000ms
                    """)
    void aHeartbeatThatCannotWorkWhereItWasChosenSaysWhy(String line, String told) throws IOException {
        assertThat(faultsOf(line))
                .singleElement()
                .asString()
                .contains("weir.conf:2: weir.servers.a.lifecycle.heartbeat")
                .contains(told);
    }

    @Test
    void aPolicyThatDoesNotFitItsServerSaysWhy() throws IOException {
        assertThat(faultsOf("weir.servers.a.lifecycle.loop-choice = kernel"))
                .singleElement()
                .asString()
                .contains(
                        "weir.conf:2: weir.servers.a.lifecycle.loop-choice: the kernel can choose only among listening "
                                + "sockets, and all loops share one. Set socket.reuse-port = on, or choose another loop-choice.");
        String unix = "weir.servers.a.listen = \"unix:/run/a.sock\", weir.servers.a.lifecycle.loop-choice = ";
        assertThat(faultsOf(unix + "kernel, weir.servers.a.socket.reuse-port = on"))
                .singleElement()
                .asString()
                .contains("loop-choice: the kernel does not spread the connections of a Unix domain socket");
        assertThat(faultsOf(unix + "peer-hash"))
                .singleElement()
                .asString()
                .contains(
                        "loop-choice: peer-hash goes by the peer's address, and a peer on a Unix domain socket has none.");
        assertThat(faultsOf("weir.servers.a.lifecycle { connection-mode = short, close = reset }"))
                .singleElement()
                .asString()
                .contains("weir.conf:2: weir.servers.a.lifecycle.close: a reset destroys the one reply");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    tcp  | refuse = goodbye          | refuse: neither the protocol nor the codec has a goodbye. Write auto, close or reset
                    unix | allow = ["10.0.0.0/8"]    | a peer on a Unix domain socket has none. Use allow-users or allow-groups there
                    unix | deny = ["10.0.0.0/8"]     | a peer on a Unix domain socket has none.
                    unix | max-per-address = 3       | a peer on a Unix domain socket has none.
                    tcp  | allow-users = [root]      | and TCP has none. Give the Unix domain socket a server of its own
                    nio  | allow-groups = [0]        | which the transport cannot ask for. Set weir.transport = epoll
                    tcp  | deny = ["10.0.0.7/8"]     | "10.0.0.7/8" has bits set behind its prefix
                    tcp  | accept-rate = 5           | Write a rate such as "2000/s"
                    """)
    void aLimitThatDoesNotFitItsServerSaysWhy(String listener, String limit, String told) throws IOException {
        String rule = "weir.servers.a.lifecycle.admission { " + limit + " }";
        String listens = switch (listener) {
            case "unix" -> "weir.servers.a.listen = \"unix:/run/a.sock\", ";
            case "nio" -> "weir.transport = nio, weir.servers.a.listen = \"unix:/run/a.sock\", ";
            default -> "";
        };
        List<ConfigFault> faults = faultsOf(listens + rule);

        assertThat(faults).hasSize(1);
        assertThat(faults.getFirst().toString())
                .contains("weir.conf:2: weir.servers.a.lifecycle.admission.")
                .contains(told);
    }

    @Test
    void anAddressThatTheTransportCannotListenOnNamesTheOneThatCan() throws IOException {
        assertThat(faultsOf("weir.transport = nio, weir.servers.a.listen = \"unix:@weir\""))
                .singleElement()
                .asString()
                .contains("weir.conf:2: weir.servers.a.listen: the transport nio cannot listen on unix:@weir. "
                        + "Set weir.transport = epoll, or choose another address.");
    }

    @Test
    void faultsOfEveryKindAreToldTogether() throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve("plugins")).resolve("broken.jar"), "no jar");

        List<ConfigFault> faults = faultsOf("""
                weir.event-lops = 2
                weir.process.drain.deadline = 30
                weir.servers.a.codec { use = line, text = on }
                weir.servers.b { listen = "127.0.0.1:0", codec = rwa, protocol = echo }
                """);

        assertThat(faults)
                .extracting(ConfigFault::toString)
                .anySatisfy(fault -> assertThat(fault).contains("broken.jar"))
                .anySatisfy(fault -> assertThat(fault).contains("event-lops"))
                .anySatisfy(fault -> assertThat(fault).contains("drain.deadline"))
                .anySatisfy(fault -> assertThat(fault).contains("codec line gives java.lang.String"))
                .anySatisfy(fault -> assertThat(fault).contains("rwa"));
    }

    @Test
    void everyAddressThatCannotBeBoundIsToldWithItsServerAndNothingStaysOpen() throws Exception {
        int free = freePort();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Weir weir = Weir.builder()
                    .config("""
                    weir.servers {
                      fine    { listen = "127.0.0.1:%d", codec = raw, protocol = echo }
                      taken   { listen = "127.0.0.1:%d", codec = raw, protocol = echo }
                      foreign { listen = "%s:7007", codec = raw, protocol = echo }
                    }
                    """.formatted(free, taken.getLocalPort(), FOREIGN))
                    .build();

            BindException refused = catchThrowableOfType(BindException.class, weir::start);

            assertThat(refused.failures()).hasSize(2);
            assertThat(refused.failures().getLast())
                    .contains("server taken", ":" + taken.getLocalPort(), "Another process or server has it");
            assertThat(refused.failures().getFirst())
                    .contains(
                            "server foreign: cannot bind " + FOREIGN + ":7007: ",
                            "No interface of this machine has that address");
            new ServerSocket(free, 1, InetAddress.getLoopbackAddress()).close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio", "epoll"})
    void theFileOfAUnixSocketHasItsModeBeforeAnyoneCanConnect(String transport) throws Exception {
        Path socket = folder.resolve("s");
        Path file = Files.writeString(folder.resolve("weir.conf"), """
                weir.transport = %s
                weir.servers.a { listen = "unix:%s", codec = raw, protocol = echo, socket.unix-mode = "0600" }
                """.formatted(transport, socket));
        try (Weir weir = Weir.builder().configFile(file).build()) {
            weir.start();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                    .isEqualTo("rw-------");
        }
        try (Weir weir = Weir.builder()
                .configFile(file)
                .override("weir.servers.a.socket.unix-owner=\"nobody-of-this-name\"")
                .build()) {
            BindException refused = catchThrowableOfType(BindException.class, weir::start);
            assertThat(refused).hasMessageContaining("server a: cannot give " + socket + " to nobody-of-this-name");
        }
        assertThat(socket).doesNotExist();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private List<ConfigFault> faultsOf(String line) throws IOException {
        Path file = Files.writeString(folder.resolve("weir.conf"), """
                weir.servers.a { listen = "127.0.0.1:0", codec = raw, protocol = echo }
                """ + line);
        ConfigurationException thrown = catchThrowableOfType(
                ConfigurationException.class,
                () -> Weir.builder()
                        .configFile(file)
                        .pluginFolder(folder.resolve("plugins"))
                        .build()
                        .close());
        assertThat(thrown).as("what is wrong").isNotNull();
        return thrown.faults();
    }
}
