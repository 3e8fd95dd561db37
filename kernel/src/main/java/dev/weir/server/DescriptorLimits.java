package dev.weir.server;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * The process's file descriptors.
 *
 * @param limit the most it may have (RLIMIT_NOFILE, soft); the JVM has raised it to the hard one at its start
 * @param open how many it has
 */
public record DescriptorLimits(long limit, long open) {

    /** Reads them now. Where the platform has no such limits, the most that Weir can count. */
    public static DescriptorLimits now() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? new DescriptorLimits(unix.getMaxFileDescriptorCount(), unix.getOpenFileDescriptorCount())
                : new DescriptorLimits(Integer.MAX_VALUE, 0);
    }
}
