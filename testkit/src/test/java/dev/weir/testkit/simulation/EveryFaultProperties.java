package dev.weir.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.protocol.Handler;
import dev.weir.protocol.Session;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

/** A server on a network on which everything happens; and that everything does happen there. */
class EveryFaultProperties {
    private static final Map<InjectedFault, Long> STRUCK = new EnumMap<>(InjectedFault.class);
    private static final String DRAIN = "servers.test.lifecycle.accept = drain";

    /** A peer, what it has sent and what it has got back. */
    private static final class Client {
        private final SimulatedPeer peer;
        private final byte[] bytes = new byte[2000];
        private final ByteArrayOutputStream echoed = new ByteArrayOutputStream();
        private int sent;

        Client(SimulatedPeer peer, Random random) {
            this.peer = peer;
            random.nextBytes(bytes);
        }

        void act(Random random) {
            int piece = random.nextInt(500);
            sent += Math.max(0, peer.offer(bytes, sent, Math.min(piece, bytes.length - sent)));
            echoed.writeBytes(peer.take(piece));
        }

        void assertSound() {
            byte[] got = echoed.toByteArray();
            assertThat(got).as("what came back").isEqualTo(Arrays.copyOf(bytes, got.length));
            assertThat(got.length).isLessThanOrEqualTo(sent);
        }
    }

    /** Echoes; aborts another connection now and then, of which something may be under way. */
    private record Quarrelsome(Session<ByteBuf> session, List<Session<ByteBuf>> all, Random random)
            implements Handler<ByteBuf> {
        @Override
        public void onMessage(ByteBuf message) {
            session.send(message);
            if (random.nextInt(20) == 0) {
                all.get(random.nextInt(all.size())).abort();
            }
        }
    }

    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void aServerStaysSoundWhateverHappens(@ForAll long seed, @ForAll @IntRange(min = 3, max = 12) int descriptors)
            throws Exception {
        Random random = new Random(seed);
        SimulatedTransport network =
                new SimulatedTransport(seed, Conditions.of(seed).withRestlessPeers()).advancingClock();
        List<Session<ByteBuf>> sessions = new ArrayList<>();
        List<Client> clients = new ArrayList<>();
        try (SimulatedServer server = new SimulatedServer(
                network,
                session -> {
                    sessions.add(session);
                    return new Quarrelsome(session, sessions, random);
                },
                DRAIN)) {
            network.descriptorLimit(descriptors);
            for (int turn = 0; turn < 200; turn++) {
                if (random.nextInt(8) == 0) {
                    clients.add(new Client(server.connect(), random));
                }
                clients.forEach(client -> client.act(random));
                server.loop().turn(Duration.ofMillis(random.nextInt(20)).toNanos());
            }
            clients.forEach(Client::assertSound);
        } finally {
            for (InjectedFault fault : InjectedFault.values()) {
                STRUCK.merge(fault, network.faults().of(fault), Long::sum);
            }
        }
    }

    @AfterContainer
    static void everyFaultHasStruck() {
        // Too rare here; it has a property of its own.
        STRUCK.remove(InjectedFault.RECYCLED_SLOT);
        assertThat(STRUCK)
                .allSatisfy((fault, times) ->
                        assertThat(times).as("%s of %s", fault, STRUCK).isPositive());
    }
}
