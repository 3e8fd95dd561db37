package dev.weir.server;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.OptionalLong;

/**
 * The process's file descriptors.
 *
 * @param limit the most it may have (RLIMIT_NOFILE, soft); as a rule the JVM has raised it to the hard one at its start
 * @param open how many it has
 * @param raisedFrom the limit that it had before Weir raised it; empty where it did not
 */
public record DescriptorLimits(long limit, long open, OptionalLong raisedFrom) {

    /** Limits that nobody raised. */
    public DescriptorLimits(long limit, long open) {
        this(limit, open, OptionalLong.empty());
    }

    /** The same with so many more open. */
    DescriptorLimits plusOpen(long more) {
        return new DescriptorLimits(limit, open + more, raisedFrom);
    }

    /** Reads them now. Where the platform has no such limits, the most that Weir can count. */
    public static DescriptorLimits now() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? new DescriptorLimits(unix.getMaxFileDescriptorCount(), unix.getOpenFileDescriptorCount())
                : new DescriptorLimits(Integer.MAX_VALUE, 0);
    }
}
