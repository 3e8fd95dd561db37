package dev.weir.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.fault.CloseReason.Cause;
import dev.weir.protocol.Handler;
import dev.weir.protocol.Session;
import dev.weir.testkit.simulation.Conditions.Trigger;
import dev.weir.transport.TransportException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;

/** What all write queues may hold together, where the loops do not turn alike, and where there are many connections. */
class QueueBudgetTest {
    private static final int KIB = 1024;
    private static final long BUDGET = 1024 * KIB;
    private static final int MOST_A_TURN = 64;

    private final List<Session<ByteBuf>> sessions = new ArrayList<>();

    private SimulatedServer server(int loops) throws Exception {
        Conditions conditions = Conditions.calm(Trigger.LEVEL).buffers(KIB, KIB);
        return new SimulatedServer(
                new SimulatedTransport(1, conditions),
                session -> {
                    sessions.add(session);
                    return (Handler<ByteBuf>) message -> {};
                },
                "event-loops = " + loops,
                "process.max-queued-bytes = " + BUDGET + "B",
                "servers.test.lifecycle { heartbeat = [], deadlines.first-byte = off }");
    }

    private void queue(int session, int bytes) {
        Session<ByteBuf> to = sessions.get(session);
        to.execute(() -> to.send(Unpooled.buffer(bytes, bytes).writeZero(bytes)));
    }

    @Example
    void aBlockedLoopThatHasTheLargestDoesNotSwitchTheBudgetOffForTheOthers() throws Exception {
        try (SimulatedServer server = server(2)) {
            int blocked = connectTwo(server);
            int other = 1 - blocked;
            queue(blocked, 800 * KIB);
            server.turns(3);
            turn(server);
            queue(other, 400 * KIB);
            turn(server);
            assertThat(server.metrics().closed(Cause.SLOW_READER))
                    .as("closed though another has more")
                    .isZero();
            server.network.clock().advanceNanos(Duration.ofSeconds(2).toNanos());
            queue(other, KIB);
            turn(server);
            assertThat(server.metrics().closed(Cause.SLOW_READER))
                    .as("closed while the loop that has the largest is blocked")
                    .isOne();

            // It turns again.
            server.turns(3);
            assertThat(server.metrics().closed(Cause.SLOW_READER)).isOne();
            queue(blocked, 400 * KIB);
            server.turns(3);
            assertThat(server.metrics().closed(Cause.SLOW_READER)).isEqualTo(2);
        }
    }

    /** One connection for each loop; the place of that on the second. */
    private int connectTwo(SimulatedServer server) throws TransportException {
        server.connect();
        server.connect();
        server.until("both are open", () -> sessions.size() == 2);
        boolean[] did = new boolean[2];
        for (int i = 0; i < 2; i++) {
            int session = i;
            sessions.get(i).execute(() -> did[session] = true);
        }
        turn(server);
        assertThat(did[0]).as("on different loops").isNotEqualTo(did[1]);
        return did[0] ? 1 : 0;
    }

    /** The first loop turns, and no other. */
    private static void turn(SimulatedServer server) throws TransportException {
        server.weir.loops().getFirst().turn(0);
    }

    @Example
    void noTurnClosesMoreThanAFew() throws Exception {
        int connections = 300;
        try (SimulatedServer server = server(1)) {
            for (int i = 0; i < connections; i++) {
                server.connect();
            }
            server.until("all are open", () -> sessions.size() == connections);
            for (int i = 0; i < connections; i++) {
                queue(i, 64 * KIB);
            }
            long before = 0;
            do {
                server.turns(1);
                long closed = server.metrics().closed(Cause.SLOW_READER);
                assertThat(closed - before).as("closed in a turn").isBetween(1L, (long) MOST_A_TURN);
                before = closed;
            } while (server.reading("weir.process.queued.bytes") > BUDGET);
            assertThat(connections - before).as("left").isEqualTo(BUDGET / (64 * KIB));
        }
    }
}
