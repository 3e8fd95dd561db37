package dev.weir.testkit;

import dev.weir.fault.CloseReason;
import dev.weir.protocol.AnyProtocol;
import dev.weir.protocol.Handler;
import dev.weir.protocol.Session;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** The scenarios of {@link DeadPeerContract}, in a process whose network is its own. Says on its standard output what happens. */
final class DeadPeers {
    private static final String RAW = "servers.test.codec = raw";
    private static final String NO_HEARTBEAT = "servers.test.lifecycle.heartbeat = off";
    /** More than any of these takes when nothing spins, and far less than one second of spinning. */
    private static final long FEW_TURNS = 1000;

    private final TransportSubject subject;
    private final Queue<Session<ByteBuf>> sessions = new ConcurrentLinkedQueue<>();
    private final Queue<CloseReason> reasons = new ConcurrentLinkedQueue<>();

    private DeadPeers(TransportSubject subject) {
        this.subject = subject;
    }

    /** Arguments: the {@link DeadPeerContract} that has the transport, and the scenario. */
    public static void main(String[] args) throws Exception {
        Constructor<?> contract = Class.forName(args[0]).getDeclaredConstructor();
        contract.setAccessible(true);
        Link.up();
        DeadPeers peers = new DeadPeers(((DeadPeerContract) contract.newInstance()).subject());
        switch (args[1]) {
            case "reset-while-paused" -> peers.resetWhilePaused();
            case "never-ends" -> peers.neverEnds();
            case "acknowledges" -> peers.acknowledges();
            case "started-anew" -> peers.startedAnew();
            case "keep-alive" -> peers.linkDown(tcp(2), false);
            case "user-timeout" ->
                peers.linkDown("servers.test.lifecycle.heartbeat = { use = tcp, user-timeout = 1500ms }", true);
            case "ping" ->
                peers.linkDown("servers.test.lifecycle.heartbeat = { use = ping, every = 500ms, misses = 2 }", false);
            case "idle" -> peers.linkDown("servers.test.lifecycle.heartbeat = { use = idle, timeout = 1s }", false);
            default -> throw new IllegalArgumentException(args[1]);
        }
    }

    private static String tcp(int count) {
        return "servers.test.lifecycle.heartbeat = { use = tcp, idle = 1s, interval = 1s, count = " + count + " }";
    }

    private void resetWhilePaused() throws Exception {
        try (TestServer server = server(Session::pauseReading, RAW, NO_HEARTBEAT)) {
            Peer first = connected(server, 1);
            Peer second = connected(server, 2);
            Peer half = connected(server, 3);
            for (Peer peer : new Peer[] {first, second, half}) {
                peer.send(new byte[1]);
            }
            server.until("all are paused", () -> server.reading("weir.server.bytes.received") == 3);
            second.send(new byte[100]);
            half.send(new byte[100]);
            half.halfClose();
            long before = server.reading("weir.loop.turns");
            first.reset();
            untilEnded(server, 1);
            second.reset();
            untilEnded(server, 2);
            // A second of the loop's own time, in which it has nothing to do but to look after the one that is
            // half-closed.
            AtomicBoolean over = new AtomicBoolean();
            sessions.forEach(
                    session -> session.execute(() -> session.schedule(Duration.ofSeconds(1), () -> over.set(true))));
            server.until("a second is over", over::get);
            long turns = server.reading("weir.loop.turns") - before;
            say(turns < FEW_TURNS ? "few turns" : turns + " turns");
        }
    }

    private void neverEnds() throws Exception {
        Link.finTimeoutSeconds(3);
        try (TestServer server = server(Session::close, RAW, "servers.test.lifecycle.close.fin = 2s")) {
            Peer peer = connected(server, 1);
            peer.send(new byte[1]);
            peer.readToEnd();
            server.until("our half is ended", () -> number(Link::waitingForTheEnd) == 1);
            say("ours is ended");
            untilEnded(server, 1);
            server.until("the kernel lets go", () -> number(Link::waitingForTheEnd) == 0);
            say("the kernel has let go");
        }
    }

    private void acknowledges() throws Exception {
        try (TestServer server = server(session -> {}, RAW, tcp(2))) {
            connected(server, 1);
            server.until("there were more probes than may be missed", () -> number(Link::keepAliveProbes) > 3);
            say(server.weir().openConnections() + " open");
        }
    }

    private void startedAnew() throws Exception {
        try (TestServer server = server(session -> {}, RAW, tcp(10))) {
            Peer peer = connected(server, 1);
            Link.down();
            // Nobody hears of its end.
            peer.reset();
            Link.up();
            untilEnded(server, 1);
        }
    }

    private void linkDown(String heartbeat, boolean owed) throws Exception {
        try (TestServer server = server(session -> {}, heartbeat, "servers.test.lifecycle.close.fin = 500ms")) {
            connected(server, 1);
            Link.down();
            if (owed) {
                sessions.element().send(Unpooled.wrappedBuffer(new byte[100]));
            }
            untilEnded(server, 1);
            Link.up();
        }
    }

    /** A server that does this with each message, can ping, and keeps what becomes of its connections. */
    private TestServer server(Consumer<Session<ByteBuf>> onMessage, String... settings) throws Exception {
        AnyProtocol<ByteBuf, ByteBuf> protocol = new Pinged(session -> {
            sessions.add(session);
            return new Handler<>() {
                @Override
                public void onMessage(ByteBuf message) {
                    onMessage.accept(session);
                }

                @Override
                public void onClosed(CloseReason reason) {
                    reasons.add(reason);
                }
            };
        });
        return TestServer.start(subject, protocol, settings);
    }

    private Peer connected(TestServer server, int number) throws IOException {
        Peer peer = server.connect();
        server.until("it is open", () -> sessions.size() == number);
        return peer;
    }

    /** Waits for the end of so many, and says how the last one ended. */
    private void untilEnded(TestServer server, int count) {
        server.until("its end is found", () -> reasons.size() == count);
        CloseReason last = reasons.stream().skip(count - 1L).findFirst().orElseThrow();
        say(last.cause() + last.errno().map(errno -> " " + errno).orElse(""));
    }

    /** A number of the kernel's. */
    @FunctionalInterface
    private interface Reading {
        long read() throws IOException;
    }

    private static long number(Reading reading) {
        try {
            return reading.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
