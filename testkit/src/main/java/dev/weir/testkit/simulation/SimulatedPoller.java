package dev.weir.testkit.simulation;

import dev.weir.testkit.simulation.Conditions.Trigger;
import dev.weir.transport.Endpoint;
import dev.weir.transport.ListenOptions;
import dev.weir.transport.ListeningSocket;
import dev.weir.transport.Poller;
import dev.weir.transport.Readiness;
import dev.weir.transport.StreamSocket;
import dev.weir.transport.Token;
import dev.weir.transport.TransportException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A poller that never waits: where another would, it moves the clock or returns. */
final class SimulatedPoller implements Poller {
    /** Sockets reported a poll: few, so that callers meet the bound. */
    static final int MOST_REPORTS = 64;

    private record Report(Registration registration, int readiness) {}

    private final SimulatedNetwork network;
    private final Faults faults;
    private final Trigger trigger;
    private final boolean advancesClock;
    private final Map<Long, Registration> registrations = new LinkedHashMap<>();
    private final List<SimulatedSocket> sockets = new ArrayList<>();
    private boolean closed;

    /** The caller has taken its descriptor. */
    SimulatedPoller(SimulatedNetwork network, boolean advancesClock) {
        this.network = network;
        this.faults = network.faults();
        this.trigger = network.conditions().trigger();
        this.advancesClock = advancesClock;
    }

    @Override
    public ListeningSocket bind(Endpoint address, ListenOptions options) throws TransportException {
        return network.bind(address, options);
    }

    @Override
    public StreamSocket connect(Endpoint address, long token) throws TransportException {
        network.takeDescriptor();
        try {
            KernelSocket kernel = network.connect(InetAddress.getLoopbackAddress(), address);
            SimulatedSocket socket = SimulatedSocket.connecting(network, kernel);
            register(socket, token, 0);
            return socket;
        } catch (TransportException e) {
            network.giveDescriptorBack();
            throw e;
        }
    }

    @Override
    public void register(ListeningSocket socket, long token, int interest) {
        SimulatedListener listener = (SimulatedListener) socket;
        listener.register(add(token, listener, Trigger.LEVEL, interest));
    }

    @Override
    public void register(StreamSocket socket, long token, int interest) throws TransportException {
        SimulatedSocket simulated = (SimulatedSocket) socket;
        simulated.register(add(token, simulated, trigger, interest));
        sockets.add(simulated);
    }

    private Registration add(long token, Registration.Source source, Trigger itsTrigger, int interest) {
        network.called(SimulatedCall.REGISTER);
        Registration registration = new Registration(token, source, itsTrigger, interest);
        if (registrations.putIfAbsent(token, registration) != null) {
            throw new IllegalStateException("token " + token + " is in use");
        }
        return registration;
    }

    @Override
    public int poll(long timeoutNanos, Events events) {
        network.called(SimulatedCall.POLL);
        if (closed) {
            throw new IllegalStateException("the poller was closed");
        }
        network.step();
        registrations.values().removeIf(Registration::hasEnded);
        sockets.removeIf(socket -> socket.registration().hasEnded());
        if (faults.strikes(InjectedFault.INTERRUPTED_POLL)) {
            return 0;
        }
        int reports = reportSends(events);
        List<Report> due = collect();
        if (reports == 0 && due.isEmpty() && advancesClock && timeoutNanos != FOREVER) {
            network.clock().advanceNanos(Math.max(0, timeoutNanos));
        }
        return reports + report(due, events);
    }

    private int reportSends(Events events) {
        int reports = 0;
        for (SimulatedSocket socket : List.copyOf(sockets)) {
            if (socket.pending() == null || !socket.pending().isSubmitted()) {
                continue;
            }
            long sent = socket.finishPending();
            if (sent < 0) {
                continue;
            }
            reports++;
            long token = socket.registration().token();
            events.sent(token, sent);
            if (sent == 0 && !socket.registration().hasEnded()) {
                reports++;
                socket.registration().reported(Readiness.FAILED);
                events.ready(token, Readiness.FAILED);
            }
        }
        return reports;
    }

    private List<Report> collect() {
        List<Report> due = new ArrayList<>();
        for (Registration registration : registrations.values()) {
            int bits = registration.hasEnded() ? 0 : bits(registration);
            if (bits != 0 && !faults.strikes(InjectedFault.LATE_REPORT)) {
                due.add(new Report(registration, bits));
            }
        }
        // Those that do not fit are not always the same ones.
        if (due.size() > MOST_REPORTS || (due.size() > 1 && faults.strikes(InjectedFault.REORDERED_REPORTS))) {
            Collections.shuffle(due, faults.random());
        }
        return due.size() > MOST_REPORTS ? due.subList(0, MOST_REPORTS) : due;
    }

    private int bits(Registration registration) {
        int due = registration.due();
        int unasked = registration.unasked() & ~due;
        if (unasked != 0 && faults.strikes(InjectedFault.UNASKED_REPORT)) {
            due |= unasked;
        }
        int untrue = registration.claimable() & ~due;
        if (untrue != 0 && faults.strikes(InjectedFault.SPURIOUS_REPORT)) {
            due |= untrue;
        }
        return due;
    }

    private int report(List<Report> due, Events events) {
        int reports = 0;
        for (Report report : due) {
            Registration registration = report.registration;
            if (registration.hasEnded()) {
                if (!faults.strikes(InjectedFault.STALE_REPORT)) {
                    continue;
                }
                if (isRecycled(registration)) {
                    faults.happened(InjectedFault.RECYCLED_SLOT);
                }
            }
            registration.reported(report.readiness);
            reports++;
            events.ready(registration.token(), report.readiness);
        }
        return reports;
    }

    private boolean isRecycled(Registration gone) {
        return registrations.values().stream()
                .anyMatch(other -> !other.hasEnded() && Token.slot(other.token()) == Token.slot(gone.token()));
    }

    @Override
    public void submit() {
        network.called(SimulatedCall.SUBMIT);
        for (SimulatedSocket socket : sockets) {
            if (socket.pending() != null) {
                socket.pending().submit();
            }
        }
    }

    @Override
    public void wake() {
        network.calls().add(SimulatedCall.WAKE);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            network.giveDescriptorBack();
            network.releaseDescriptors();
        }
    }
}
