package dev.weir.server;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Raises the soft limit of descriptors to the hard one (setrlimit(2), RLIMIT_NOFILE). The JVM does so itself unless it was told not to
 * (-XX:-MaxFDLimit). On Linux, where native access is allowed; elsewhere it leaves the limit as it is.
 */
final class DescriptorLimitRaise {
    private static final Logger LOG = LoggerFactory.getLogger(DescriptorLimitRaise.class);

    /** Linux, x86-64 and aarch64 (asm-generic/resource.h). */
    private static final int RLIMIT_NOFILE = 7;

    /** struct rlimit: rlim_cur and rlim_max, each an unsigned long. */
    private static final MemoryLayout RLIMIT = MemoryLayout.sequenceLayout(2, JAVA_LONG);

    private DescriptorLimitRaise() {}

    /** Raises it. The result is the soft limit that there was, if it was raised. */
    static OptionalLong softToHard() {
        if (!System.getProperty("os.name").equals("Linux")
                || !DescriptorLimitRaise.class.getModule().isNativeAccessEnabled()) {
            return OptionalLong.empty();
        }
        if (stands()) {
            return OptionalLong.empty();
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment limit = arena.allocate(RLIMIT);
            if (call("getrlimit", limit) != 0) {
                return OptionalLong.empty();
            }
            long soft = limit.getAtIndex(JAVA_LONG, 0);
            long hard = limit.getAtIndex(JAVA_LONG, 1);
            if (soft == hard) {
                return OptionalLong.empty();
            }
            limit.setAtIndex(JAVA_LONG, 0, hard);
            return call("setrlimit", limit) == 0 ? OptionalLong.of(soft) : OptionalLong.empty();
        } catch (LinkageError | RuntimeException e) {
            LOG.warn("the limit of descriptors stays as it is: {}", e.toString());
            return OptionalLong.empty();
        }
    }

    /** Whether the soft limit is the hard one already, by proc_pid_limits(5): mostly so, and cheaper to read than a call is to link. */
    private static boolean stands() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/limits"))) {
            return lines.map(line -> line.split(" {2,}"))
                    .anyMatch(columns ->
                            columns.length > 2 && columns[0].equals("Max open files") && columns[1].equals(columns[2]));
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("the limits of the process cannot be read: {}", e.toString());
            return false;
        }
    }

    @SuppressWarnings("restricted") // Native access was asked for.
    private static int call(String name, MemorySegment limit) {
        Linker linker = Linker.nativeLinker();
        MethodHandle function = linker.downcallHandle(
                linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG));
        try {
            return (int) function.invokeExact(RLIMIT_NOFILE, limit.address());
        } catch (Throwable thrown) {
            throw new IllegalStateException("calling " + name + " failed", thrown);
        }
    }
}
