package dev.weir.transport.nio;

import dev.weir.time.Clock;
import dev.weir.transport.Availability;
import dev.weir.transport.Capabilities;
import dev.weir.transport.Poller;
import dev.weir.transport.Transport;
import dev.weir.transport.TransportException;
import java.io.IOException;
import java.util.Set;

/** TCP and Unix domain sockets over {@code java.nio}. Any thread may use it. */
public final class NioTransport implements Transport {
    static final String NAME = "nio";

    private final Capabilities capabilities;
    private final Availability availability;

    /** Asks the platform what it can do; what hinders it is told by {@link #availability()}. */
    public NioTransport() {
        Capabilities can = new Capabilities(Set.of(), Set.of(), Set.of(), false, false, false);
        Availability answer = new Availability.Available("java.nio runs wherever Java runs");
        try {
            can = Platform.capabilities();
        } catch (IOException e) {
            answer = new Availability.Unavailable(
                    "no socket can be opened: " + e.getMessage(), "Give the process more descriptors (ulimit -n).");
        }
        this.capabilities = can;
        this.availability = answer;
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
        return capabilities;
    }

    @Override
    public Poller openPoller(Clock clock) throws TransportException {
        return NioPoller.open(clock);
    }
}
