package dev.weir.transport;

import dev.weir.time.Clock;

/** A way to reach the network. Made once per process; any thread may ask it. */
public interface Transport {

    /** The name by which the configuration chooses it ("nio"). */
    String name();

    /** Whether it works on this machine, and if not, what would mend it. Does not throw. */
    Availability availability();

    /** What it can do beyond TCP sockets. */
    Capabilities capabilities();

    /**
     * Opens the poller of one event loop. The caller closes it.
     *
     * @throws TransportException when the operating system has no descriptors left for it
     */
    Poller openPoller(Clock clock) throws TransportException;
}
