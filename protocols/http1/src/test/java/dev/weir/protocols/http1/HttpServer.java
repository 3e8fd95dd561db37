package dev.weir.protocols.http1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.plugin.Plugin;
import dev.weir.plugin.PluginCatalog;
import dev.weir.plugin.PluginModule;
import dev.weir.server.Server;
import dev.weir.server.Weir;
import dev.weir.server.WeirBuilder;
import dev.weir.testkit.Peer;
import dev.weir.testkit.TransportSubject;
import dev.weir.wiring.KernelPlugin;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A Weir with one server of HTTP on a transport under test, and its clients. When it is closed all must have been given back. */
final class HttpServer implements AutoCloseable {
    private final TransportSubject subject;
    private final Weir weir;
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private final long allocatedWhenIdle;
    private final List<Peer> peers = new ArrayList<>();

    /**
     * Starts it.
     *
     * @param settings HOCON for the server, on top of the defaults
     */
    HttpServer(TransportSubject subject, Router routes, String... settings) throws Exception {
        this.subject = subject;
        WeirBuilder builder = Weir.builder()
                .transport(subject.transport())
                .clock(subject.clock())
                .allocator(allocator)
                .plugins(PluginCatalog.of(new KernelPlugin(), new Http1Plugin(), new Routes(routes)))
                .poisonLentMessages()
                .config("""
                        weir.event-loops = 1
                        weir.servers.web { listen = "%s", codec = http1, protocol = routes }
                        weir.servers.web { %s }
                        """.formatted(subject.listenAddress(), String.join("\n", settings)));
        if (subject.isCallerDriven()) {
            builder.callerDriven();
        }
        weir = builder.build();
        subject.drive(weir);
        weir.start();
        allocatedWhenIdle = allocated();
    }

    private record Routes(Router routes) implements Plugin {
        @Override
        public String name() {
            return "routes";
        }

        @Override
        public PluginModule module() {
            return new PluginModule() {
                @Override
                protected void offers() {
                    protocol("routes", settings -> routes);
                }
            };
        }
    }

    private long allocated() {
        return allocator.metric().usedDirectMemory()
                + allocator.metric().usedHeapMemory()
                - reading("weir.loop.spare.bytes");
    }

    /** What all connections together have received. */
    long bytesReceived() {
        return reading("weir.server.bytes.received");
    }

    /** What all connections together have sent. */
    long bytesSent() {
        return reading("weir.server.bytes.sent");
    }

    private long reading(String name) {
        long[] sum = {0};
        weir.metrics().read((id, kind, value) -> sum[0] += id.name().equals(name) ? value : 0);
        return sum[0];
    }

    Weir weir() {
        return weir;
    }

    Server server() {
        return weir.server("web");
    }

    Peer connect() throws IOException {
        Peer peer = subject.connect(server().addresses().getFirst(), 0);
        peers.add(peer);
        return peer;
    }

    /** A client that the server has accepted. */
    Peer connectOpen() throws IOException {
        long opened = server().metrics().opened();
        Peer peer = connect();
        until("the client is accepted", () -> server().metrics().opened() > opened);
        return peer;
    }

    void until(String what, BooleanSupplier condition) {
        subject.until(what, condition);
    }

    /** Lets time pass, and what is due for it happen. */
    void pass(Duration time) {
        subject.advance(time);
        weir.turn();
        weir.turn();
    }

    static void say(Peer peer, String text) {
        assertThat(peer.send(bytes(text))).as("the client can send").isTrue();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Waits for the answer to a request that has been sent, which is one with a length. */
    static String answer(Peer peer) {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            byte[] one = peer.read(1);
            assertThat(one).as("an answer after: %s", head).hasSize(1);
            head.append((char) one[0]);
        }
        String mark = "Content-Length: ";
        int length = head.indexOf(mark) < 0
                ? 0
                : Integer.parseInt(
                        head.substring(head.indexOf(mark) + mark.length(), head.indexOf("\r\n", head.indexOf(mark))));
        return head + text(peer.read(length));
    }

    /** All that comes to the end. */
    static String rest(Peer peer) {
        String rest = text(peer.readToEnd());
        assertThat(peer.input()).as("how it ends, after: %s", rest).isEqualTo(Peer.Input.END);
        return rest;
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** That a client is neither answered nor ended. */
    static void hearsNothing(Peer peer) {
        assertThat(text(peer.take(1000))).isEmpty();
        assertThat(peer.input()).isEqualTo(Peer.Input.OPEN);
    }

    @Override
    public void close() {
        peers.forEach(Peer::close);
        until("all connections have ended", () -> weir.openConnections() == 0);
        assertThat(allocated()).as("bytes of buffers").isEqualTo(allocatedWhenIdle);
        weir.close();
        subject.close();
    }
}
