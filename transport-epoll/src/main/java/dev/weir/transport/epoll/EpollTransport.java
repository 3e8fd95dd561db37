package dev.weir.transport.epoll;

import dev.weir.time.Clock;
import dev.weir.transport.Availability;
import dev.weir.transport.Capabilities;
import dev.weir.transport.Poller;
import dev.weir.transport.Transport;
import dev.weir.transport.TransportException;

/** TCP and Unix domain sockets over Linux's epoll(7). Any thread may use it. */
public final class EpollTransport implements Transport {
    static final String NAME = "epoll";

    private static final Capabilities CAPABILITIES =
            new Capabilities(Options.OF_LISTENERS, Options.OF_STREAMS, Options.INHERITED, true, true, true);

    private final Trigger trigger;
    private final Availability availability = HostSupport.here();

    /** @param trigger when connections are reported */
    public EpollTransport(Trigger trigger) {
        this.trigger = trigger;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Availability availability() {
        return availability;
    }

    @Override
    public Capabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public Poller openPoller(Clock clock) throws TransportException {
        if (availability instanceof Availability.Unavailable(var cause, var cure)) {
            throw new IllegalStateException("the epoll transport " + cause + ". " + cure);
        }
        return EpollPoller.open(trigger);
    }
}
