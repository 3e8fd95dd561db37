package dev.weir.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.server.DescriptorLimits;
import dev.weir.testkit.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Everything at once on the real kernel: short connections, idle ones, and random bytes at every port. Nobody who behaves is harmed,
 * and afterwards nothing is kept.
 */
@Tag("kernel")
class StormIT {
    private static final Path DISTRIBUTION = Path.of("target/weir");
    private static final List<String> SERVERS = List.of("frames", "lines", "numbers", "raw");
    private static final int SHORT = 20_000;
    private static final int IDLE = 10_000;
    private static final int SPARE = 2_000;
    private static final int CLIENTS = 3;
    private static final long MOST_GROWTH = 24L * 1024 * 1024;
    private static final Pattern LIVE = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void nobodyWhoBehavesIsHarmedAndNothingIsKept(String transport) throws Exception {
        assumeTrue(
                DescriptorLimits.now().limit() >= IDLE + SPARE,
                () -> "skipped: needs " + (IDLE + SPARE) + " descriptors (ulimit -n)");
        Path configuration = Files.writeString(folder.resolve("weir.conf"), """
                weir.transport = %s
                weir.servers {
                  frames  { codec = length-header, protocol = echo }
                  lines   { codec = line, protocol = echo }
                  raw     { codec = raw, protocol = echo }
                  numbers { codec = http1, protocol = metrics }
                }
                """.formatted(transport));
        try (RunningWeir weir = RunningWeir.start(DISTRIBUTION, configuration, SERVERS, folder.resolve("log"));
                ExecutorService clients = Executors.newCachedThreadPool()) {
            storm(weir, clients, SHORT / 10, new ArrayList<>(), 0);
            untilOpen(weir, 0);
            long heap = liveHeap(weir);
            // In this order: the JVM that is asked for its heap has a descriptor more from then on.
            long descriptors = descriptors(weir);

            List<SocketChannel> idle = new ArrayList<>();
            storm(weir, clients, SHORT, idle, IDLE);
            untilOpen(weir, IDLE);
            assertThat(liveHeap(weir) - heap)
                    .as("growth of the heap, with %d idle connections", IDLE)
                    .isLessThanOrEqualTo(MOST_GROWTH);
            for (SocketChannel each : idle) {
                echo(each, "still there\n");
                each.close();
            }

            untilOpen(weir, 0);
            Waiting.forOthers().until("descriptors are back at " + descriptors, () -> descriptors(weir) <= descriptors);
            assertThat(liveHeap(weir) - heap)
                    .as("growth of the heap, when all have gone")
                    .isLessThanOrEqualTo(MOST_GROWTH);
            assertThat(weir.stop()).isZero();
        }
        assertThat(Files.readString(folder.resolve("log")))
                .doesNotContain("ERROR")
                .doesNotContain("\tat ");
    }

    /** Short connections by several clients, and noise at every port for as long as they come; meanwhile idle ones are opened. */
    private void storm(RunningWeir weir, ExecutorService clients, int shortOnes, List<SocketChannel> idle, int idleOnes)
            throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        List<Future<?>> noise = new ArrayList<>();
        for (String server : SERVERS) {
            noise.add(clients.submit(task(() -> fuzz(weir.port(server), over))));
        }
        List<Future<?>> work = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            // An address of its own for each, with ports enough of its own.
            InetAddress from = InetAddress.ofLiteral("127.0.1." + (client + 1));
            work.add(clients.submit(task(() -> comeAndGo(weir.port("lines"), from, shortOnes / CLIENTS))));
        }
        for (int i = 0; i < idleOnes; i++) {
            idle.add(SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), weir.port("lines"))));
            echo(idle.get(i), "idle " + i + "\n");
        }
        for (Future<?> each : work) {
            each.get();
        }
        over.set(true);
        for (Future<?> each : noise) {
            each.get();
        }
    }

    /** What a task throws, its future tells. */
    private static Callable<Object> task(Work work) {
        return () -> {
            work.run();
            return "done";
        };
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void comeAndGo(int port, InetAddress from, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            try (SocketChannel socket = SocketChannel.open()) {
                socket.bind(new InetSocketAddress(from, 0));
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                echo(socket, "short " + i + "\n");
            }
        }
    }

    private static void echo(SocketChannel socket, String line) throws IOException {
        byte[] bytes = line.getBytes(StandardCharsets.US_ASCII);
        socket.write(ByteBuffer.wrap(bytes));
        ByteBuffer back = ByteBuffer.allocate(bytes.length);
        while (back.hasRemaining()) {
            assertThat(socket.read(back)).as("the reply to %s", line).isPositive();
        }
        assertThat(back.array()).isEqualTo(bytes);
    }

    /** Random bytes in random pieces, with any of the ends that a connection can have. */
    private static void fuzz(int port, AtomicBoolean over) throws IOException {
        Random random = new Random(port);
        while (!over.get()) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(10);
                for (int pieces = random.nextInt(4); pieces > 0; pieces--) {
                    byte[] piece = new byte[random.nextInt(4096)];
                    random.nextBytes(piece);
                    socket.getOutputStream().write(piece);
                }
                switch (random.nextInt(3)) {
                    case 0 -> socket.setSoLinger(true, 0);
                    case 1 -> socket.shutdownOutput();
                    default -> socket.getInputStream().read(new byte[random.nextInt(1, 4096)]);
                }
            } catch (IOException e) {
                // The server has ended it: that is its right.
            }
        }
    }

    /** Waits until the server says that just so many connections to the lines are open. */
    private static void untilOpen(RunningWeir weir, long connections) {
        Pattern open = Pattern.compile("(?m)^weir_server_connections_open\\{server=\"(frames|lines|raw)\"} (\\S+)");
        Waiting.forOthers().until(connections + " connections are open", () -> {
            double sum = 0;
            for (Matcher one = open.matcher(numbers(weir)); one.find(); ) {
                sum += Double.parseDouble(one.group(2));
            }
            return sum == connections;
        });
    }

    private static String numbers(RunningWeir weir) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), weir.port("numbers"))) {
            socket.getOutputStream().write("GET /metrics HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Bytes of the objects that are reachable; the JVM collects its garbage to tell. */
    private static long liveHeap(RunningWeir weir) throws Exception {
        Matcher total = LIVE.matcher(Shell.run(
                Path.of(System.getProperty("java.home"), "bin", "jcmd") + " " + weir.pid() + " GC.class_histogram"));
        assertThat(total.find()).as("the histogram has a total").isTrue();
        return Long.parseLong(total.group(1));
    }

    private static long descriptors(RunningWeir weir) {
        try (Stream<Path> open = Files.list(Path.of("/proc", String.valueOf(weir.pid()), "fd"))) {
            return open.count();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
