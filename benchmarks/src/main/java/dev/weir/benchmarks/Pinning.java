package dev.weir.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Keeps the server on one CPU and the load on another, where the machine has two and a taskset(1). */
enum Pinning {
    PINNED("server on CPU 0, load on CPU 1"),
    FREE("server and load on any CPU: no taskset, or not both of CPU 0 and CPU 1");

    private static final int SERVER_CPU = 0;
    private static final int LOAD_CPU = 1;

    private final String description;

    Pinning(String description) {
        this.description = description;
    }

    /** Tries it out. */
    static Pinning ofThisMachine() throws InterruptedException {
        return works(SERVER_CPU) && works(LOAD_CPU) ? PINNED : FREE;
    }

    /** For the line above the table. */
    String description() {
        return description;
    }

    List<String> server(List<String> command) {
        return to(SERVER_CPU, command);
    }

    List<String> load(List<String> command) {
        return to(LOAD_CPU, command);
    }

    private List<String> to(int cpu, List<String> command) {
        if (this == FREE) {
            return command;
        }
        List<String> pinned = new ArrayList<>(List.of("taskset", "-c", Integer.toString(cpu)));
        pinned.addAll(command);
        return pinned;
    }

    private static boolean works(int cpu) throws InterruptedException {
        try {
            return new ProcessBuilder("taskset", "-c", Integer.toString(cpu), "true")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notThere) {
            return false;
        }
    }
}
