package dev.weir.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.protocol.Handler;
import dev.weir.protocol.Session;
import dev.weir.testkit.Peer.Input;
import dev.weir.testkit.simulation.Conditions.Trigger;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

/** A report for a socket that was closed in the same poll is not taken for one of the socket that has its slot now. */
class RecycledSlotProperties {
    private static long recycled;

    @Property(tries = 60)
    void whatIsLateForTheOldConnectionDoesNotTouchTheNewOne(@ForAll long seed, @ForAll Trigger trigger)
            throws Exception {
        SimulatedTransport network = new SimulatedTransport(
                seed,
                Conditions.calm(trigger).with(InjectedFault.STALE_REPORT, 1).with(InjectedFault.REORDERED_REPORTS, 1));
        List<Session<ByteBuf>> sessions = new ArrayList<>();
        try (SimulatedServer server = new SimulatedServer(network, session -> {
            sessions.add(session);
            return sessions.size() == 3
                    ? paused(session)
                    : message -> sessions.getFirst().abort();
        })) {
            SimulatedPeer old = server.connectOpen();
            SimulatedPeer killer = server.connectOpen();
            server.turns(2);
            // All in one poll: the killer's message closes the old connection, the new one is accepted, the old one's
            // reset is told.
            SimulatedPeer newcomer = server.connect();
            killer.offer(new byte[1], 0, 1);
            old.reset();
            server.until("the new one is open", () -> sessions.size() == 3);
            server.turns(2);
            newcomer.take(1);
            assertThat(newcomer.input())
                    .as("the new connection on a %s", network)
                    .isEqualTo(Input.OPEN);
            assertThat(server.weir.openConnections()).isEqualTo(2);
            recycled += network.faults().of(InjectedFault.RECYCLED_SLOT);
        }
    }

    /** A connection that would believe a report of its failure, having no bytes to ask. */
    private static Handler<ByteBuf> paused(Session<ByteBuf> session) {
        return new Handler<>() {
            @Override
            public void onOpened() {
                session.pauseReading();
            }

            @Override
            public void onMessage(ByteBuf message) {}
        };
    }

    @AfterContainer
    static void itHasHappened() {
        assertThat(recycled).isPositive();
    }
}
