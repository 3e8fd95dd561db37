package dev.weir.engine;

import dev.weir.fault.CloseReason;
import dev.weir.fault.CloseReason.Cause;
import dev.weir.lifecycle.AdmissionPolicy.Admit;
import dev.weir.lifecycle.AdmissionPolicy.Manner;
import dev.weir.lifecycle.AdmissionPolicy.Refuse;
import dev.weir.loop.EventLoop;
import dev.weir.transport.ReceiveBuffer;
import dev.weir.transport.StreamSocket;
import dev.weir.transport.TransportException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends away connections that were accepted and may not stay. Their protocol gets no handler for them; where it or the codec has a
 * goodbye, that may be said. One for each acceptor, owned by its loop.
 *
 * <p>A farewell lives up to two seconds and costs a descriptor of the reserve meanwhile, so a process has only few at a time. It
 * stands in the loop's list of connections, closing from the beginning.
 */
final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    /** Receives of a client that is closed at once: what it sent first would turn a clean end into a reset. */
    private static final int MOST_RECEIVES = 2;

    private final EventLoop loop;
    private final ServerProfile profile;
    private final ServerOnLoop farewells;
    private final ConnectionBudget budget;
    private final AtomicLong ids;
    private final boolean hasGoodbye;

    Refusals(EventLoop loop, ServerProfile profile, LoopConnections siblings, ConnectionBudget budget, AtomicLong ids) {
        this.loop = loop;
        this.profile = profile;
        this.farewells = new ServerOnLoop(loop, profile, siblings, nobody -> budget.farewellEnded());
        this.budget = budget;
        this.ids = ids;
        this.hasGoodbye = hasGoodbye(profile);
    }

    @SuppressWarnings("CatchingUnchecked") // The border between Weir's code and a plugin's.
    private static boolean hasGoodbye(ServerProfile profile) {
        try {
            return profile.protocol().goodbye().isPresent() || profile.codec().hasGoodbye();
        } catch (Throwable e) {
            Fatal.rethrow(e);
            LOG.error(
                    "the protocol or the codec of server {} does not say whether it has a goodbye; it has none",
                    profile.name(),
                    e);
            return false;
        }
    }

    /**
     * Ends the connection in the manner that the refusal asks for, and counts it. Takes the socket in every case. Uses no place of a
     * connection: if one was taken for it, that is free when this returns.
     */
    void refuse(StreamSocket socket, Refuse refusal) {
        loop.assertOwner();
        LOG.debug("server {} refuses {}: {}", profile.name(), socket.remoteAddress(), refusal.why());
        profile.metrics().countRefused(refusal.rule());
        if (mayHearGoodbye(refusal.manner()) && budget.tryTakeFarewell()) {
            new SocketConnection(ids.incrementAndGet(), farewells, socket, Admit.ADMIT)
                    .turnAway(CloseReason.of(Cause.REFUSED, refusal.why()));
            return;
        }
        profile.metrics().loop(loop.index()).closed(Cause.REFUSED).increment();
        if (refusal.manner() == Manner.RESET) {
            socket.abort();
        } else {
            close(socket);
        }
    }

    /** Closes a connection at once and so that its peer sees a clean end. Takes it, and counts nothing. */
    void close(StreamSocket socket) {
        ReceiveBuffer in = loop.receiveBuffer();
        try {
            int received = 1;
            for (int receives = 0; receives < MOST_RECEIVES && received > 0; receives++) {
                in.clear();
                received = socket.receive(in);
            }
        } catch (TransportException e) {
            LOG.debug("server {}: who was to be sent away is gone: {}", profile.name(), e.getMessage());
        } finally {
            in.clear();
            socket.close();
        }
    }

    private boolean mayHearGoodbye(Manner manner) {
        return hasGoodbye && (manner == Manner.AUTO || manner == Manner.GOODBYE);
    }
}
