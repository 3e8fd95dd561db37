package dev.weir.engine;

import dev.weir.loop.EventLoop;
import dev.weir.metrics.Metrics;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The loops that connections are spread over, each with the connections that it has.
 *
 * @param loops by index
 * @param connections by the same index
 */
public record LoopSet(List<EventLoop> loops, List<LoopConnections> connections) {

    /**
     * A set over these loops, without connections. Lists how many each has as {@code weir.loop.connections.open}, and
     * what memory it keeps to gather replies in as {@code weir.loop.spare.bytes}.
     */
    public static LoopSet over(List<EventLoop> loops, Metrics metrics) {
        List<LoopConnections> connections =
                IntStream.range(0, loops.size()).mapToObj(LoopConnections::new).toList();
        for (int i = 0; i < loops.size(); i++) {
            metrics.watch(
                    "weir.loop.connections.open",
                    Map.of("loop", Integer.toString(i)),
                    Metrics.Kind.GAUGE,
                    connections.get(i)::given);
            metrics.watch(
                    "weir.loop.spare.bytes",
                    Map.of("loop", Integer.toString(i)),
                    Metrics.Kind.GAUGE,
                    connections.get(i).spareQueues()::spareBytes);
            loops.get(i).atClose(connections.get(i)::release);
        }
        return new LoopSet(List.copyOf(loops), connections);
    }

    /** Connections that a loop has, with those that are on their way to it. Any thread. */
    public long openOn(int index) {
        return connections.get(index).given();
    }
}
