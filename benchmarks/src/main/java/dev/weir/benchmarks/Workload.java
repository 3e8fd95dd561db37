package dev.weir.benchmarks;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What the load does: on each of its connections it sends a batch of requests and waits for all replies, again and again.
 *
 * @param name how options and tables call it
 * @param wire what the server answers
 * @param payloadBytes of a request, without what frames it; 0 for HTTP, whose requests are all the same
 * @param pipelined requests of a batch
 * @param connections open at once
 * @param connectsEachTime each batch has a connection of its own, which is closed when the replies have come
 * @param description for the page on performance
 */
record Workload(
        String name,
        Wire wire,
        int payloadBytes,
        int pipelined,
        int connections,
        boolean connectsEachTime,
        String description) {
    private static final int CONNECTIONS = 32;

    /** All that there are, in the order of the table. */
    static final List<Workload> ALL = List.of(
            new Workload("echo-64", Wire.ECHO, 64, 1, CONNECTIONS, false, "64 B echoed"),
            new Workload("echo-16k", Wire.ECHO, 16 * 1024, 1, CONNECTIONS, false, "16 KiB echoed"),
            new Workload("lines", Wire.LINE, 32, 16, CONNECTIONS, false, "lines of 32 B, 16 pipelined"),
            new Workload("frames", Wire.LENGTH, 64, 1, CONNECTIONS, false, "frames of 64 B"),
            new Workload("http", Wire.HTTP, 0, 1, CONNECTIONS, false, "GET /plaintext"),
            new Workload("http-x16", Wire.HTTP, 0, 16, CONNECTIONS, false, "GET /plaintext, 16 pipelined"),
            new Workload("connect", Wire.ECHO, 64, 1, CONNECTIONS, true, "connect, 64 B echoed, close"));

    /**
     * The workload of a name.
     *
     * @throws IllegalArgumentException when there is none; the message lists what there is
     */
    static Workload named(String name) {
        return ALL.stream()
                .filter(workload -> workload.name.equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("there is no workload " + name + "; there is: " + names()));
    }

    /** The names of all, separated by commas. */
    static String names() {
        return ALL.stream().map(Workload::name).collect(Collectors.joining(","));
    }
}
