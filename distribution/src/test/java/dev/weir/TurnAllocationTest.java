package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.plugin.PluginCatalog;
import dev.weir.protocols.basic.BasicPlugin;
import dev.weir.protocols.framing.FramingPlugin;
import dev.weir.protocols.http1.Http1Plugin;
import dev.weir.server.Weir;
import dev.weir.testkit.Allocations;
import dev.weir.testkit.Peer;
import dev.weir.testkit.ProductionJvm;
import dev.weir.testkit.RealSockets;
import dev.weir.transport.Transport;
import dev.weir.transport.epoll.EpollTransport;
import dev.weir.transport.epoll.Trigger;
import dev.weir.transport.nio.NioTransport;
import dev.weir.wiring.KernelPlugin;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a loop allocates for a request, from the poll to the send, with the policies as they are by default, in a JVM that compiles as in
 * production: nothing.
 */
class TurnAllocationTest {
    private static final int ROUNDS = 10_000;

    private static final InstantSource NOON = InstantSource.fixed(Instant.parse("2026-06-01T12:00:00Z"));

    private static final int LEAST_ANSWER = 32;

    /** More than any request needs: then it is lost. */
    private static final int MOST_TURNS = 1000;

    /** A server, and a request to it. */
    private record Served(String codec, String protocol, String request) {}

    private static final List<Served> SERVED = List.of(
            new Served("raw", "echo", "x".repeat(64)),
            new Served("line", "echo", "x".repeat(32) + "\n"),
            new Served("length-header", "echo", "\0\0\0\40" + "x".repeat(32)),
            new Served("http1", "http-demo", "GET /plaintext HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n\r\n"));

    @ParameterizedTest
    @CsvSource({
        // The errno of recv(2) is a view of 40 bytes where the compiler does not inline what checks it.
        "epoll-edge, 40, 0, 0, 0",
        "nio, 0, 0, 0, 0",
    })
    void aRequestAllocatesNothing(String transport, String raw, String line, String length, String http)
            throws Exception {
        assertThat(ProductionJvm.run(TurnAllocationTest.class, transport, raw, line, length, http))
                .filteredOn(said -> !said.contains("INFO"))
                .containsExactly("raw: in bounds", "line: in bounds", "length-header: in bounds", "http1: in bounds");
    }

    /** Arguments: the transport, and the most bytes for a request of each server. */
    public static void main(String[] args) throws Exception {
        for (int i = 0; i < SERVED.size(); i++) {
            Served served = SERVED.get(i);
            int most = Integer.parseInt(args[1 + i]);
            long cost = cost(transport(args[0]), served, most);
            System.out.println(served.codec() + ": " + (cost <= most ? "in bounds" : cost + " bytes for a request"));
        }
    }

    private static Transport transport(String name) {
        return switch (name) {
            case "nio" -> new NioTransport();
            case "epoll-edge" -> new EpollTransport(Trigger.EDGE);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static long cost(Transport transport, Served served, int most) throws Exception {
        RealSockets sockets = RealSockets.callerDriven(transport);
        Weir weir = Weir.builder()
                .transport(transport)
                .clock(sockets.clock())
                .instants(NOON)
                .plugins(
                        PluginCatalog.of(new KernelPlugin(), new FramingPlugin(), new BasicPlugin(), new Http1Plugin()))
                .callerDriven()
                .config("""
                        weir.event-loops = 1
                        weir.servers.measured { listen = "127.0.0.1:0", codec = %s, protocol = %s }
                        """.formatted(served.codec(), served.protocol()))
                .build();
        sockets.drive(weir);
        weir.start();
        try (Peer peer = sockets.connect(weir.server("measured").addresses().getFirst(), 0)) {
            byte[] request = served.request().getBytes(StandardCharsets.US_ASCII);
            return Allocations.whenWarm(ROUNDS, most, () -> ask(weir, peer, request));
        } finally {
            weir.close();
        }
    }

    /** @return what the turns of the loop have allocated; what the client allocates does not count */
    private static long ask(Weir weir, Peer peer, byte[] request) {
        long cost = 0;
        for (int i = 0; i < ROUNDS; i++) {
            if (peer.offer(request, 0, request.length) != request.length) {
                throw new AssertionError("the socket is full");
            }
            int heard = 0;
            for (int turns = 0; heard == 0; turns++) {
                if (turns == MOST_TURNS) {
                    throw new AssertionError("no answer");
                }
                long before = Allocations.bytes();
                weir.turn();
                cost += Allocations.bytes() - before;
                heard = peer.take(1000).length;
            }
            if (heard < LEAST_ANSWER) {
                throw new AssertionError("an answer of " + heard + " bytes");
            }
        }
        return cost;
    }
}
