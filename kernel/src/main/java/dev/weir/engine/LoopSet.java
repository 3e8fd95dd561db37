package dev.weir.engine;

import dev.weir.loop.EventLoop;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The loops that connections are spread over, each with the connections that it has.
 *
 * @param loops by index
 * @param connections by the same index
 */
public record LoopSet(List<EventLoop> loops, List<LoopConnections> connections) {

    /** A set over these loops, without connections. */
    public static LoopSet over(List<EventLoop> loops) {
        return new LoopSet(
                List.copyOf(loops),
                IntStream.range(0, loops.size())
                        .mapToObj(i -> new LoopConnections())
                        .toList());
    }

    /** Connections that a loop has, about. Any thread. */
    public long openOn(int index) {
        return connections.get(index).open();
    }
}
