package dev.weir.server;

import dev.weir.benchmarks.Spread;
import dev.weir.plugin.PluginCatalog;
import dev.weir.protocols.basic.BasicPlugin;
import dev.weir.protocols.framing.FramingPlugin;
import dev.weir.wiring.KernelPlugin;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Whether the loops of one server hold each other up: two loops of one server, each on a thread of its own, beside two servers of one
 * loop each, which share nothing but the machine. If a loop wrote a cache line that another one reads or writes for each message, the
 * first would be slower. Without a system ({@link RepeatingTransport}), so that Weir's part is all that there is. Prints how long a loop
 * takes for an echo of 64 bytes; rounds alternate. Needs two CPUs with nothing else to do.
 */
public final class LoopScaling {
    private static final int CONNECTIONS = 32;
    private static final int ROUNDS = 7;
    private static final long WARM_UP_MILLIS = 2_000;
    private static final long MEASURED_MILLIS = 2_000;

    private enum Way {
        ONE_LOOP(1, 1),
        TWO_SERVERS(2, 1),
        TWO_LOOPS(1, 2);

        private final int servers;
        private final int loops;

        Way(int servers, int loops) {
            this.servers = servers;
            this.loops = loops;
        }
    }

    private LoopScaling() {}

    /** Runs all rounds. */
    public static void main(String[] arguments) throws Exception {
        ByteBuf input = ByteBufAllocator.DEFAULT
                .directBuffer()
                .writeBytes("x".repeat(64).getBytes(StandardCharsets.US_ASCII));
        Map<Way, List<Double>> rounds = new EnumMap<>(Way.class);
        List<Way> ways = new ArrayList<>(List.of(Way.values()));
        for (int round = 0; round <= ROUNDS; round++) {
            for (Way way : ways) {
                double nanos = nanosAnEcho(way, input);
                // The first round is for the compiler.
                if (round > 0) {
                    rounds.computeIfAbsent(way, none -> new ArrayList<>()).add(nanos);
                }
            }
            Collections.reverse(ways);
        }
        rounds.forEach((way, figures) -> System.out.printf(
                Locale.ROOT,
                "%-12s ns/echo of a loop %s%n",
                way,
                Spread.of(figures.stream().mapToDouble(Double::doubleValue).toArray())
                        .cell(0)));
        input.release();
    }

    private static double nanosAnEcho(Way way, ByteBuf input) throws Exception {
        List<Weir> servers = new ArrayList<>();
        for (int i = 0; i < way.servers; i++) {
            servers.add(started(way.loops, input));
        }
        Thread.sleep(WARM_UP_MILLIS);
        long before = messages(servers);
        long began = System.nanoTime();
        Thread.sleep(MEASURED_MILLIS);
        long messages = messages(servers) - before;
        long took = System.nanoTime() - began;
        for (Weir server : servers) {
            server.close();
        }
        return (double) took * way.servers * way.loops / messages;
    }

    private static Weir started(int loops, ByteBuf input) throws Exception {
        Weir weir = Weir.builder()
                .transport(new RepeatingTransport(input, loops * CONNECTIONS))
                .plugins(PluginCatalog.of(new KernelPlugin(), new FramingPlugin(), new BasicPlugin()))
                .config("""
                        weir.event-loops = %d
                        weir.servers.measured { listen = "127.0.0.1:1", codec = raw, protocol = echo }
                        """.formatted(loops))
                .build();
        weir.start();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (weir.server("measured").metrics().opened() < (long) loops * CONNECTIONS) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("nobody comes");
            }
            Thread.onSpinWait();
        }
        return weir;
    }

    private static long messages(List<Weir> servers) {
        long[] sum = {0};
        for (Weir server : servers) {
            server.metrics()
                    .read((id, kind, value) -> sum[0] += id.name().equals("weir.server.messages.received") ? value : 0);
        }
        return sum[0];
    }
}
