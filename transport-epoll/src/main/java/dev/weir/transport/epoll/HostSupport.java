package dev.weir.transport.epoll;

import dev.weir.transport.Availability;
import dev.weir.transport.TransportException;

/** Whether epoll can be used in this process. Found out once, without throwing. */
final class HostSupport {
    private static final String OTHERWISE = "Set weir.transport = nio.";
    private static final Availability HERE = of(System.getProperty("os.name"), System.getProperty("os.arch"), () -> {
        Libc.load();
        EpollPoller.open(Trigger.EDGE).close();
    });

    private HostSupport() {}

    /** A first use of the calls. */
    interface Trial {
        void run() throws TransportException;
    }

    /** The answer for this process. */
    static Availability here() {
        return HERE;
    }

    /** @param trial links the C library and opens a poller */
    static Availability of(String system, String arch, Trial trial) {
        if (!system.equals("Linux")) {
            return new Availability.Unavailable("needs Linux, and this is " + system, OTHERWISE);
        }
        if (Machine.of(arch).isEmpty()) {
            return new Availability.Unavailable("is for x86-64 and aarch64, and this is " + arch, OTHERWISE);
        }
        try {
            trial.run();
        } catch (LinkageError e) {
            return unlinked(e.getCause() == null ? e : e.getCause());
        } catch (TransportException e) {
            // A sandbox, or no descriptor left.
            return new Availability.Unavailable("was refused by the system: " + e.getMessage(), OTHERWISE);
        }
        return new Availability.Available("epoll makes the fewest system calls on Linux");
    }

    private static Availability unlinked(Throwable cause) {
        if (cause instanceof IllegalCallerException) {
            return new Availability.Unavailable(
                    "needs native access, which this JVM denies",
                    "Start Java with --enable-native-access=ALL-UNNAMED, or set weir.transport = nio.");
        }
        return new Availability.Unavailable("cannot be linked: " + cause.getMessage(), OTHERWISE);
    }
}
