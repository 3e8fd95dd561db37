package dev.weir.server;

import dev.weir.engine.LoopSet;
import dev.weir.engine.ServerMetrics;
import dev.weir.engine.Unfinished;
import dev.weir.loop.EventLoop;
import dev.weir.time.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Tells once in a while what a drain still waits for, over all loops. Its timer is the first loop's, which owns it. */
final class DrainProgress {
    private final LoopSet loops;
    private final EventLoop owner;
    private final Collection<ServerMetrics> servers;
    private final Duration every;
    private final Consumer<Unfinished> told;
    private boolean ended;
    private Timer next;

    /** @param told on any loop */
    DrainProgress(LoopSet loops, Collection<ServerMetrics> servers, Duration every, Consumer<Unfinished> told) {
        this.loops = loops;
        this.owner = loops.loops().getFirst();
        this.servers = servers;
        this.every = every;
        this.told = told;
    }

    /** Any thread. */
    void begin() {
        owner.execute(this::scheduleNext);
    }

    /** Any thread. */
    void end() {
        owner.execute(() -> {
            ended = true;
            if (next != null) {
                next.cancel();
            }
        });
    }

    private void scheduleNext() {
        if (!ended) {
            next = owner.schedule(every, this::look);
        }
    }

    private void look() {
        List<CompletableFuture<Unfinished>> answers = new ArrayList<>();
        for (int i = 0; i < loops.loops().size(); i++) {
            var connections = loops.connections().get(i);
            CompletableFuture<Unfinished> answer = new CompletableFuture<>();
            answers.add(answer);
            loops.loops().get(i).execute(() -> answer.complete(connections.unfinished(servers)));
        }
        // A loop that is blocked does not answer: the watchdog tells of it, and this waits for the next time.
        CompletableFuture<Unfinished> sum = answers.getFirst();
        for (CompletableFuture<Unfinished> answer : answers.subList(1, answers.size())) {
            sum = sum.thenCombine(answer, Unfinished::plus);
        }
        var _ = sum.thenAccept(told);
        scheduleNext();
    }
}
