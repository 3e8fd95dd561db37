package dev.weir.engine;

import dev.weir.fault.Errno;
import dev.weir.fault.FailureLog;
import dev.weir.lifecycle.AcceptPolicy;
import dev.weir.lifecycle.AdmissionPolicy;
import dev.weir.lifecycle.AdmissionPolicy.Admit;
import dev.weir.lifecycle.AdmissionPolicy.Refuse;
import dev.weir.lifecycle.AdmissionPolicy.Rule;
import dev.weir.lifecycle.DescriptorPolicy;
import dev.weir.lifecycle.LoopChoice;
import dev.weir.loop.EventLoop;
import dev.weir.loop.LoopHandler;
import dev.weir.time.Timer;
import dev.weir.transport.Endpoint;
import dev.weir.transport.Interest;
import dev.weir.transport.ListeningSocket;
import dev.weir.transport.StreamSocket;
import dev.weir.transport.TransportException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes connections from one listening socket and hands them to the loops. Owned by one loop, where every method but the constructor is
 * called.
 */
public final class Acceptor implements LoopHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);

    /**
     * What an acceptor asks.
     *
     * @param accept how many a turn
     * @param loopChoice which loop
     * @param admission who may come in
     * @param descriptors what to do when descriptors run out
     */
    public record Policies(
            AcceptPolicy accept, LoopChoice loopChoice, AdmissionPolicy admission, DescriptorPolicy descriptors) {}

    /** Makes the listening socket anew, on the same address, after it was closed. On the acceptor's loop. */
    @FunctionalInterface
    public interface Binding {
        /** Binds. Nothing is left open when it throws. */
        ListeningSocket bindAgain() throws TransportException;
    }

    private final EventLoop loop;
    private final Binding binding;
    private final Endpoint address;
    private final ServerProfile profile;
    private final Policies policies;
    private final LoopSet loops;
    private final ConnectionBudget budget;
    private final SpareDescriptors spares;
    private final AtomicLong ids;
    private final Admission admission;
    /** This server on each loop, by the loop's index. */
    private final List<ServerOnLoop> places;

    private final Refusals refusals;
    private final Refuse noPlace;
    private final FailureLog acceptPolicyFailures = new FailureLog(LOG);
    private final FailureLog choiceFailures = new FailureLog(LOG);
    private final FailureLog acceptFailures = new FailureLog(LOG);
    private final FailureLog listenFailures = new FailureLog(LOG);
    private final DescriptorShortage shortage;

    private ListeningSocket socket;
    /** Takes those who wait at a drain; null before. */
    private LastAccepts last;

    private boolean beyondCap;

    private long token = -1;
    private final Newcomers expected = new Newcomers();
    /** True while somebody is known to wait: the poller said so, and nobody was accepted since. */
    private boolean reported;
    /** Runs out when the wait before the next accept is over; null while there is none. */
    private Timer delay;

    /**
     * An acceptor for a bound socket, which it owns.
     *
     * @param process what the acceptors share
     * @param gate what overload wants
     * @param ids gives connections their numbers
     */
    public Acceptor(
            EventLoop loop,
            ListeningSocket socket,
            Binding binding,
            ServerProfile profile,
            Policies policies,
            LoopSet loops,
            ProcessDescriptors process,
            OverloadGate gate,
            AtomicLong ids) {
        this.loop = loop;
        this.socket = socket;
        this.binding = binding;
        this.address = socket.localAddress();
        this.profile = profile;
        this.policies = policies;
        this.loops = loops;
        this.budget = process.budget();
        this.spares = process.spares();
        this.ids = ids;
        this.admission = new Admission(policies.admission(), gate, profile, loop.clock());
        this.places =
                IntStream.range(0, loops.loops().size()).mapToObj(this::placeOn).toList();
        this.noPlace = new Refuse(
                Rule.PROCESS, "as many connections are open as the process may have", admission.mannerAtCap());
        this.refusals = new Refusals(loop, profile, loops.connections().get(loop.index()), budget, ids);
        this.shortage = new DescriptorShortage(loop, new Side(), profile, policies.descriptors(), loops, process);
    }

    private ServerOnLoop placeOn(int index) {
        EventLoop to = loops.loops().get(index);
        LoopConnections siblings = loops.connections().get(index);
        return new ServerOnLoop(to, profile, siblings, admitted -> ended(admitted, siblings, to));
    }

    /** A connection has ended that was given to this loop, or it could not be given. */
    private void ended(Admit admitted, LoopConnections siblings, EventLoop where) {
        siblings.taken();
        admission.ended(admitted);
        profile.metrics().ended();
        budget.closed(where);
    }

    /** The loop that it belongs to. */
    public EventLoop loop() {
        return loop;
    }

    /** The address that it accepts on. Any thread. */
    public Endpoint localAddress() {
        return address;
    }

    /** Listens, and accepts from now on. */
    public void start() throws TransportException {
        shortage.rehearse();
        listen();
    }

    private void listen() throws TransportException {
        socket.listen();
        token = loop.register(this);
        loop.poller().register(socket, token, Interest.READ);
    }

    /**
     * Takes what the accept queue holds, then closes the listening socket: later connects are refused. Where there is no place or no
     * descriptor, it goes on when connections have ended, until {@link #close}.
     *
     * @param beyondCap spends the descriptors above the cap on connections: nothing else of the process needs them any more
     * @param closed called once when the socket is closed, on the loop
     */
    public void drain(boolean beyondCap, Runnable closed) {
        loop.assertOwner();
        if (token < 0) {
            close();
            closed.run();
            return;
        }
        shortage.forgetPause();
        endDelay();
        if (last == null) {
            last = new LastAccepts(loop, budget, new End());
        }
        this.beyondCap |= beyondCap;
        last.onceClosed(closed);
        last.go();
    }

    /** Closes the listening socket. Connections that it gave stay. */
    public void close() {
        shortage.end();
        closeSocket();
        if (last != null) {
            last.end();
        }
    }

    private void closeSocket() {
        endDelay();
        if (token >= 0) {
            loop.unregister(token);
            token = -1;
        }
        socket.close();
    }

    @Override
    public void ready(int readiness) {
        if (!isWaiting() && last == null) {
            reported = true;
            acceptSome();
            reported = false;
            loop.timePassed();
        }
    }

    /** Who is left waiting is reported again, in the next turn: a poller reports a listening socket as long as somebody waits. */
    private void acceptSome() {
        long start = loop.clock().nanoTime();
        long now = start;
        int accepted = 0;
        do {
            if (isDelayed(now)) {
                return;
            }
            if (!acceptOne(now)) {
                expected.foundNobodyAfter(accepted);
                return;
            }
            accepted++;
            if (expected.areAll(accepted)) {
                return;
            }
            now = loop.clock().nanoTime();
        } while (token >= 0 && acceptMore(accepted, now - start));
    }

    private boolean isWaiting() {
        return delay != null || shortage.isPausing();
    }

    /** Begins the wait that the admission policy asks for, if it does. */
    private boolean isDelayed(long now) {
        long nanos = admission.delayNanos(now);
        if (nanos == 0) {
            return false;
        }
        profile.metrics().delayed();
        interest(Interest.NONE);
        delay = loop.scheduleNanos(nanos, this::delayOver);
        return true;
    }

    private void delayOver() {
        delay = null;
        interest(Interest.READ);
        acceptSome();
    }

    private void endDelay() {
        if (delay != null) {
            delay.cancel();
            delay = null;
        }
    }

    @SuppressWarnings("CatchingUnchecked") // The border between Weir's code and a plugin's.
    private boolean acceptMore(int accepted, long elapsedNanos) {
        try {
            return policies.accept().acceptMore(accepted, elapsedNanos);
        } catch (Throwable e) {
            Fatal.rethrow(e);
            acceptPolicyFailures.error(
                    loop.now(), "the accept policy of server " + profile.name() + " failed; one connection a turn", e);
            return false;
        }
    }

    /** @return false when nothing more is to be had now */
    private boolean acceptOne(long now) {
        if (!budget.tryTake()) {
            if (last == null) {
                return shortage.met(Errno.EMFILE, true, reported);
            }
            if (beyondCap) {
                budget.takeBeyond();
            } else if (!budget.tryTakeOneBeyond()) {
                last.noDescriptor();
                return false;
            }
            // One, for only an accept tells whether anybody waits.
        }
        int givings = spares.givings();
        StreamSocket accepted;
        try {
            accepted = spares.accept(socket);
        } catch (TransportException e) {
            budget.giveBack();
            return failed(e);
        }
        if (accepted == null) {
            budget.giveBack();
            return false;
        }
        if (shortage.sentAwayAsSnatched(accepted, givings)) {
            budget.giveBack();
            return true;
        }
        reported = false;
        shortage.over();
        admit(accepted, now);
        return true;
    }

    private void admit(StreamSocket accepted, long now) {
        // Once: a transport may make it of what it keeps.
        Endpoint peer = accepted.remoteAddress();
        switch (admission.admit(accepted, peer, now)) {
            case Admit admitted -> {
                profile.metrics().accepted();
                hand(accepted, admitted, places.get(choose(peer)));
            }
            case Refuse refused -> {
                refusals.refuse(accepted, refused);
                budget.closed(loop);
            }
        }
    }

    @SuppressWarnings("CatchingUnchecked") // The border between Weir's code and a plugin's.
    private int choose(Endpoint peer) {
        int count = loops.loops().size();
        try {
            return Objects.checkIndex(policies.loopChoice().choose(peer, loop.index(), count, loops::openOn), count);
        } catch (Throwable e) {
            Fatal.rethrow(e);
            choiceFailures.error(
                    loop.now(),
                    "the loop choice of server " + profile.name() + " failed; " + peer + " stays where it is",
                    e);
            return loop.index();
        }
    }

    private void hand(StreamSocket accepted, Admit admitted, ServerOnLoop to) {
        long id = ids.incrementAndGet();
        to.siblings().give();
        if (to.loop() == loop) {
            new SocketConnection(id, to, accepted, admitted).open();
        } else {
            boolean taken = to.loop().execute(() -> new SocketConnection(id, to, accepted, admitted).open());
            if (!taken) {
                accepted.close();
                ended(admitted, to.siblings(), loop);
            }
        }
    }

    /** @return true when the next accept may do better */
    private boolean failed(TransportException e) {
        if (e.errno().isLostWhileAccepting()) {
            LOG.debug("server {}: a connection was lost before it was accepted: {}", profile.name(), e.getMessage());
            return true;
        }
        if (e.errno().isExhaustion() && last != null) {
            last.noDescriptor();
            return false;
        }
        if (e.errno().isExhaustion()) {
            return shortage.met(e.errno(), false, reported);
        }
        acceptFailures.warn(
                loop.now(),
                "server " + profile.name() + ": accept on " + localAddress() + " failed: " + e.getMessage()
                        + "; trying again every second");
        shortage.unknown();
        return false;
    }

    private void interest(int wanted) {
        try {
            socket.interest(wanted);
        } catch (TransportException e) {
            LOG.error("server {}: the poller no longer knows {}: {}", profile.name(), localAddress(), e.getMessage());
        }
    }

    /** What its end may do with it. */
    private final class End implements LastAccepts.Listening {
        @Override
        public boolean acceptOne() {
            return token >= 0 && Acceptor.this.acceptOne(loop.clock().nanoTime());
        }

        @Override
        public void stopReports() {
            interest(Interest.NONE);
        }

        @Override
        public boolean sendAway(int most) {
            return spares.acceptAnd(shortage::shedOne, socket, most) == SpareDescriptors.Outcome.MORE_MAY_WAIT;
        }

        @Override
        public void close() {
            Acceptor.this.close();
        }
    }

    /** What its shortage of descriptors may do with it. */
    private final class Side implements DescriptorShortage.Listening {
        @Override
        public ListeningSocket socket() {
            return socket;
        }

        @Override
        public void reportWaiting(boolean wanted) {
            interest(wanted ? Interest.READ : Interest.NONE);
        }

        @Override
        public void acceptAgain() {
            acceptSome();
        }

        @Override
        public void refuse(StreamSocket accepted) {
            refusals.refuse(accepted, noPlace);
        }

        @Override
        public void sendAway(StreamSocket accepted) {
            refusals.close(accepted);
        }

        @Override
        public boolean failed(TransportException failure) {
            return Acceptor.this.failed(failure);
        }

        @Override
        public void stopListening() {
            closeSocket();
        }

        @Override
        public boolean listenAgain() {
            try {
                socket = binding.bindAgain();
                listen();
                return true;
            } catch (TransportException e) {
                closeSocket();
                listenFailures.warn(
                        loop.now(),
                        "server " + profile.name()
                                + " closed its listener for want of descriptors and cannot listen on " + address
                                + " again: " + e.getMessage() + "; it goes on trying");
                return false;
            }
        }
    }
}
