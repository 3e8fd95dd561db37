package dev.weir.transport;

import dev.weir.time.Clock;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;

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

    /**
     * Takes a descriptor of the kind that an accepted connection takes, and does nothing with it until it is closed. It is given up when
     * there is no other, to accept a client and send it away. Called again when there may be none left: must not need a class then that
     * the first call did not. Any thread.
     *
     * @throws IOException when there is none to be had
     */
    default Closeable spareDescriptor() throws IOException {
        return new FileInputStream("/dev/null");
    }
}
