package dev.weir.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The load: one thread, one selector, some connections to a server on 127.0.0.1. Arguments: the workload's name, the server's port and
 * process id, the seconds to measure. It warms up for as long, then measures, prints the measurement's line and ends.
 */
final class Load {
    /** Nothing that is measured here takes that long: the server has lost a request. */
    private static final long SILENCE_MILLIS = 10_000;

    private static final int RECEIVED_BYTES = 256 * 1024;

    private final Workload workload;
    private final ByteBuffer received = ByteBuffer.allocateDirect(RECEIVED_BYTES);
    private final LatencyHistogram latencies = new LatencyHistogram();
    private long requests;

    private Load(Workload workload) {
        this.workload = workload;
    }

    static void main(String[] arguments) {
        try {
            load(arguments);
        } catch (IOException e) {
            System.err.println("load: " + e);
            System.exit(1);
        }
    }

    private static void load(String[] arguments) throws IOException {
        Workload workload = Workload.named(arguments[0]);
        InetSocketAddress server =
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[1]));
        ProcessCpu serverCpu = new ProcessCpu(Long.parseLong(arguments[2]));
        Duration time = Duration.ofSeconds(Long.parseLong(arguments[3]));
        System.out.println(run(workload, server, serverCpu, time).line());
    }

    /**
     * Warms a server up and measures it.
     *
     * @param time of the measurement, and of the warm-up before it
     * @throws WrongReply when the server does not answer as it must
     */
    static Measurement run(Workload workload, InetSocketAddress server, ProcessCpu serverCpu, Duration time)
            throws IOException {
        byte[] httpAnswer = workload.wire() == Wire.HTTP ? HttpAnswer.ask(server) : new byte[0];
        Load load = new Load(workload);
        try (Selector selector = Selector.open()) {
            List<LoadConnection> connections = new ArrayList<>();
            try {
                for (int number = 0; number < workload.connections(); number++) {
                    connections.add(new LoadConnection(workload, number, httpAnswer, server, selector));
                }
                for (LoadConnection connection : connections) {
                    connection.start();
                }
                load.drive(selector, time);
                return load.measure(selector, serverCpu, time);
            } finally {
                for (LoadConnection connection : connections) {
                    connection.close();
                }
            }
        }
    }

    private Measurement measure(Selector selector, ProcessCpu serverCpu, Duration time) throws IOException {
        requests = 0;
        latencies.clear();
        long ticks = serverCpu.ticks();
        long nanos = drive(selector, time);
        return new Measurement(
                requests,
                nanos,
                serverCpu.ticks() - ticks,
                latencies.quantileNanos(0.5),
                latencies.quantileNanos(0.99));
    }

    /** Serves the connections for a time, and gives how long it really was. */
    private long drive(Selector selector, Duration time) throws IOException {
        long start = System.nanoTime();
        long nanos = 0;
        while (nanos < time.toNanos()) {
            if (selector.select(SILENCE_MILLIS) == 0) {
                throw new WrongReply("no byte of an answer for " + SILENCE_MILLIS
                        + " ms, with requests under way on every connection");
            }
            for (SelectionKey key : selector.selectedKeys()) {
                long took = ((LoadConnection) key.attachment()).ready(received);
                if (took >= 0) {
                    requests += workload.pipelined();
                    latencies.record(took);
                }
            }
            selector.selectedKeys().clear();
            nanos = System.nanoTime() - start;
        }
        return nanos;
    }
}
