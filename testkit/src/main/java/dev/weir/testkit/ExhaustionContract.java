package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.fault.Errno;
import dev.weir.testkit.Peer.Input;
import dev.weir.transport.Endpoint;
import dev.weir.transport.Transport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A storm of clients on a server whose process has no descriptor left, in a JVM of its own that is given few: each policy does to them
 * exactly what it promises, the process does not spin, and it recovers.
 */
@Tag("kernel")
public abstract class ExhaustionContract {
    private static final int PLACES = 6;
    private static final int STORM = 60;
    private static final byte[] BYTE = {'x'};

    private final List<TestClient> clients = new ArrayList<>();
    private Child server;

    /** For subclasses, which need a constructor without parameters. */
    protected ExhaustionContract() {}

    /** The transport under test. */
    protected abstract Transport transport();

    @AfterEach
    void end() throws Exception {
        clients.forEach(TestClient::close);
        if (server != null) {
            server.close();
        }
    }

    @Test
    void shedSendsAwayWithACleanEndWhoComesTooLateAndServesTheOthersOn() throws Exception {
        start("shed");
        List<TestClient> served = servedUpToTheLimit();
        for (TestClient shed : connect(STORM, 0)) {
            assertThat(shed.readToEnd()).isEmpty();
            assertThat(shed.input()).isEqualTo(Input.END);
        }
        assertThat(server.count("shed")).isEqualTo(STORM);
        assertThat(server.count("opened")).isEqualTo(PLACES);
        assertDoesNotSpin(served.getFirst());
        served.forEach(ExhaustionContract::assertServed);
        assertRecovers(served);
    }

    @Test
    void twoListenersInOneStormLeaveNobodyWithoutAnAnswer() throws Exception {
        start("shed");
        List<TestClient> served = servedUpToTheLimit();
        List<TestClient> storm = new ArrayList<>();
        for (int i = 0; i < STORM; i++) {
            storm.addAll(connect(1, 0));
            storm.addAll(connect(1, 1));
        }
        for (TestClient shed : storm) {
            assertThat(shed.readToEnd()).isEmpty();
            assertThat(shed.input()).isEqualTo(Input.END);
        }
        assertThat(server.count("shed")).isEqualTo(2L * STORM);
        assertRecovers(served);
    }

    @Test
    void pauseLetsClientsWaitWithoutSpinningAndServesAllInTheEnd() throws Exception {
        start("pause");
        List<TestClient> served = servedUpToTheLimit();
        List<TestClient> waiting = connect(STORM, 0);
        waiting.forEach(client -> client.send(BYTE));
        long cpuBefore = server.cpuMillis();
        long began = System.nanoTime();
        // Its pauses grow to a second: so time passes here while they wait.
        server.untilSeldomAsked("it has tried again and again", "exhausted", 8);
        long millis = (System.nanoTime() - began) / 1_000_000;
        assertThat(server.cpuMillis() - cpuBefore)
                .as("ms of CPU in %d ms of waiting", millis)
                .isLessThan(millis / 2);
        assertThat(server.count("opened")).isEqualTo(PLACES);
        assertThat(waiting).allMatch(client -> client.take(1).length == 0 && client.input() == Input.OPEN);

        // One comes in for each that leaves, in the order in which they came.
        for (TestClient next : waiting) {
            served.removeFirst().close();
            assertThat(next.read(1)).isEqualTo(BYTE);
            served.add(next);
        }
        assertRecovers(served);
    }

    @Test
    void pauseServesWhoWaitsWhenADescriptorComesFreeOutsideOfItsSight() throws Exception {
        start("pause");
        servedUpToTheLimit();
        List<TestClient> waiting = connect(STORM, 0);
        waiting.forEach(client -> client.send(BYTE));
        server.until("it has found no descriptor", "exhausted", 1);
        server.tell("free " + STORM, "freed");
        for (TestClient client : waiting) {
            assertThat(client.read(1)).isEqualTo(BYTE);
        }
    }

    @Test
    void evictIdleEndsTheOldestForEachWhoComes() throws Exception {
        start("{ use = evict-idle, idle-for = 0s, most = 1 }");
        List<TestClient> served = servedUpToTheLimit();
        for (int i = 1; i <= 3 * PLACES; i++) {
            // On either listener, of connections on either loop. They differ by microseconds, but in this order.
            TestClient next = connect(1, i % 2).getFirst();
            assertServed(next);
            TestClient evicted = firstThatEnds(served);
            assertThat(evicted.input()).isEqualTo(Input.END);
            assertThat(served.indexOf(evicted))
                    .as("its place in the order of the last bytes")
                    .isZero();
            served.removeFirst();
            served.add(next);
            assertThat(server.count("evicted")).isEqualTo(i);
        }
        assertDoesNotSpin(served.getLast());
        assertRecovers(served);
    }

    @Test
    void closeListenerRefusesUntilEnoughHaveLeft() throws Exception {
        start("{ use = close-listener, reopen-below = 50 }");
        List<TestClient> served = servedUpToTheLimit();
        TestClient tooLate = connect(1, 0).getFirst();
        tooLate.readToEnd();
        assertThat(tooLate.input()).isEqualTo(Input.RESET);
        assertRefused();
        while (served.size() > PLACES / 2) {
            served.removeFirst().close();
            server.untilExactly("it has left", "open", served.size());
            assertRefused();
        }
        assertDoesNotSpin(served.getFirst());
        served.removeFirst().close();
        Waiting.forOthers().until("it listens again", this::accepts);
        served.forEach(ExhaustionContract::assertServed);
    }

    private static TestClient firstThatEnds(List<TestClient> open) {
        Waiting.forOthers().until("one is ended", () -> open.stream().anyMatch(ExhaustionContract::hasEnded));
        return open.stream().filter(ExhaustionContract::hasEnded).findFirst().orElseThrow();
    }

    private static boolean hasEnded(TestClient client) {
        client.take(1);
        return client.input() != Input.OPEN;
    }

    private void assertRefused() throws IOException {
        try {
            connect(1, 0);
            throw new AssertionError("it listens");
        } catch (IOException e) {
            assertThat(Errno.of(e)).isEqualTo(Errno.ECONNREFUSED);
        }
    }

    private boolean accepts() {
        try {
            assertServed(connect(1, 0).getFirst());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void start(String onExhausted) throws IOException {
        assumeTrue(
                Files.exists(Path.of("/proc/self/stat")), "skipped: CPU times are read from /proc, which is not here");
        server = new Child(getClass(), "process.descriptors.on-exhausted = " + onExhausted);
    }

    /** Clients on both loops, as many as there are descriptors. */
    private List<TestClient> servedUpToTheLimit() throws IOException {
        // The first loads the classes of a connection's life.
        TestClient first = connect(1, 0).getFirst();
        assertServed(first);
        first.close();
        server.untilExactly("it has left", "open", 0);
        server.tell("take " + PLACES, "taken");
        List<TestClient> served = connect(PLACES, 0);
        served.forEach(ExhaustionContract::assertServed);
        server.opensFromHere();
        return served;
    }

    /** When descriptors are there again, new clients are served as if nothing had been; and the next time it goes as the first time. */
    private void assertRecovers(List<TestClient> served) throws IOException {
        served.forEach(TestClient::close);
        server.untilExactly("all have left", "open", 0);
        for (int i = 0; i < PLACES; i++) {
            assertServed(connect(1, i % 2).getFirst());
        }
        assertThat(server.count("open")).isEqualTo(PLACES);
    }

    /** A loop that turned round and round would do so, too, while somebody is served. */
    private void assertDoesNotSpin(TestClient client) throws IOException {
        int requests = 100;
        long before = server.count("turns");
        for (int i = 0; i < requests; i++) {
            assertServed(client);
        }
        assertThat(server.count("turns") - before)
                .as("turns for %d requests", requests)
                .isLessThan(4L * requests);
    }

    private List<TestClient> connect(int count, int listener) throws IOException {
        List<TestClient> connected = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            connected.add(TestClient.connect(server.address(listener)));
        }
        clients.addAll(connected);
        return connected;
    }

    private static void assertServed(TestClient client) {
        client.send(BYTE);
        assertThat(client.read(1)).isEqualTo(BYTE);
    }

    /** The process of {@link ServerAtTheLimit}. */
    private static final class Child {
        private static final int MILLIS_PER_TICK = 10; // USER_HZ is 100 on every Linux (proc(5)).
        private static final int UTIME = 11; // The fields after the name, from 0.
        private static final int STIME = 12;

        private static final long SELDOM_NANOS = 25_000_000;

        private final Process process;
        private final BufferedReader out;
        private final String[] ports;
        private final Map<String, Long> before = new HashMap<>();

        Child(Class<?> contract, String settings) throws IOException {
            process = new ProcessBuilder(
                            "/bin/sh",
                            "-c",
                            "ulimit -n 256 && exec \"$0\" \"$@\"",
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            ServerAtTheLimit.class.getName(),
                            contract.getName(),
                            settings)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            out = process.inputReader(StandardCharsets.UTF_8);
            String line = out.readLine();
            assertThat(line).as("the first line of the server").startsWith("ports ");
            ports = line.split(" ", -1);
        }

        Endpoint address(int listener) {
            return new Endpoint.Inet(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(ports[1 + listener])));
        }

        void tell(String command, String answer) throws IOException {
            assertThat(ask(command)).isEqualTo(answer);
        }

        private String ask(String command) throws IOException {
            process.outputWriter(StandardCharsets.UTF_8)
                    .append(command)
                    .append('\n')
                    .flush();
            return out.readLine();
        }

        /** What is opened from now on is counted. */
        void opensFromHere() throws IOException {
            before.put("opened", count("opened") - PLACES);
        }

        long count(String name) throws IOException {
            String[] words = ask("counts").split(" ", -1);
            for (int i = 0; i < words.length; i += 2) {
                if (words[i].equals(name)) {
                    return Long.parseLong(words[i + 1]) - before.getOrDefault(name, 0L);
                }
            }
            throw new AssertionError("no count of " + name);
        }

        void until(String what, String name, long least) {
            Waiting.forOthers().until(what, () -> counted(name) >= least);
        }

        /** As {@link #until}, for when its own time is measured: answering costs it some. */
        void untilSeldomAsked(String what, String name, long least) {
            Waiting.whileDoing(() -> LockSupport.parkNanos(SELDOM_NANOS)).until(what, () -> counted(name) >= least);
        }

        void untilExactly(String what, String name, long count) {
            Waiting.forOthers().until(what, () -> counted(name) == count);
        }

        private long counted(String name) {
            try {
                return count(name);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        /** utime and stime of all its threads (proc(5)). */
        long cpuMillis() throws IOException {
            String stat = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME])) * MILLIS_PER_TICK;
        }

        void close() throws IOException, InterruptedException {
            try (Writer in = process.outputWriter(StandardCharsets.UTF_8)) {
                in.append("stop\n");
            }
            boolean ended = process.waitFor(Waiting.GIVE_UP.toSeconds(), TimeUnit.SECONDS);
            process.destroyForcibly();
            assertThat(ended).as("it ends").isTrue();
            assertThat(process.exitValue()).as("exit code").isZero();
        }
    }
}
