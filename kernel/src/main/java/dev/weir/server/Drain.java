package dev.weir.server;

import dev.weir.config.DrainSettings;
import dev.weir.engine.LoopSet;
import dev.weir.engine.ServerMetrics;
import dev.weir.loop.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the service of some servers, or of all, without losing what is in flight: takes what the accept queues hold, stops accepting,
 * lets every connection finish, the idle ones first and spread over a time, and after a deadline ends what is left. Begun by any thread;
 * its steps run on the loops.
 */
final class Drain {
    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);

    private final List<Server> servers;
    private final List<ServerMetrics> metrics;
    private final LoopSet loops;
    private final DrainSettings settings;
    private final boolean ofProcess;

    /** @param ofProcess nothing else goes on, so descriptors that are kept in reserve may be spent */
    Drain(List<Server> servers, LoopSet loops, DrainSettings settings, boolean ofProcess) {
        this.servers = List.copyOf(servers);
        this.metrics = servers.stream().map(Server::metrics).toList();
        this.loops = loops;
        this.settings = settings;
        this.ofProcess = ofProcess;
    }

    /** Begins. The result is done when no connection is left. */
    CompletableFuture<Void> begin() {
        String names = servers.stream().map(Server::name).collect(Collectors.joining(", "));
        long lostBefore = repliesLost();
        LOG.info(
                "draining {}: {} connections open, deadline {} ms{}",
                names,
                open(),
                settings.deadline().toMillis(),
                settings.spread().isZero()
                        ? ""
                        : ", spread over " + settings.spread().toMillis() + " ms");
        CompletableFuture<Void> closed = all(servers.stream().map(server -> server.stopAccepting(ofProcess)));
        var progress = settings.progress()
                .map(every -> new DrainProgress(
                        loops,
                        metrics,
                        every,
                        (left, silent) ->
                                LOG.info("draining {}, waiting for {}{}", names, left, withoutAnswer(silent))));
        progress.ifPresent(DrainProgress::begin);
        return drainConnections(closed).whenComplete((done, thrown) -> {
            progress.ifPresent(DrainProgress::end);
            LOG.info("drained {}: {} replies lost", names, repliesLost() - lostBefore);
        });
    }

    /** The watchdog tells where they are blocked. */
    private static String withoutAnswer(List<EventLoop> silent) {
        return silent.isEmpty()
                ? ""
                : silent.stream()
                        .map(loop -> String.valueOf(loop.index()))
                        .collect(Collectors.joining(", ", "; no answer from event loop ", ""));
    }

    private CompletableFuture<Void> drainConnections(CompletableFuture<Void> closed) {
        List<LoopDrain> drains = new ArrayList<>();
        for (EventLoop loop : loops.loops()) {
            var drain = new LoopDrain(
                    loop,
                    loops.connections().get(loop.index()),
                    metrics,
                    settings,
                    () -> servers.forEach(server -> server.close(loop)));
            drains.add(drain);
            loop.execute(drain::begin);
        }
        // A connection that was accepted last is on its way through a mailbox; what follows it there finds it open.
        var _ = closed.thenRun(() -> {
            for (int i = 0; i < drains.size(); i++) {
                loops.loops().get(i).execute(drains.get(i)::noMoreCome);
            }
        });
        return all(drains.stream().map(LoopDrain::none));
    }

    private long open() {
        return metrics.stream().mapToLong(ServerMetrics::open).sum();
    }

    private long repliesLost() {
        return metrics.stream().mapToLong(ServerMetrics::repliesLost).sum();
    }

    private static CompletableFuture<Void> all(Stream<CompletableFuture<Void>> futures) {
        return CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new));
    }
}
