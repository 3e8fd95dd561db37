package dev.weir.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The CPU time of a process, as Linux counts it: proc_pid_stat(5). */
final class ProcessCpu {
    /** Fields 14 and 15, of which the list behind the command's name has the third as its first. */
    private static final int UTIME = 14 - 3;

    private static final int STIME = 15 - 3;

    private final Path stat;

    ProcessCpu(long pid) {
        this.stat = Path.of("/proc", Long.toString(pid), "stat");
    }

    /**
     * Clock ticks spent in user and in system mode, of all threads since the start.
     *
     * @throws IOException when the process is gone, or the system is not Linux
     */
    long ticks() throws IOException {
        return ticks(Files.readString(stat, StandardCharsets.ISO_8859_1));
    }

    /** The ticks of a line of {@code /proc/PID/stat}. The command's name may hold blanks and parentheses. */
    static long ticks(String line) {
        List<String> fields = List.of(line.substring(line.lastIndexOf(')') + 2).split(" "));
        return Long.parseLong(fields.get(UTIME)) + Long.parseLong(fields.get(STIME));
    }
}
