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

/**
 * Tells once in a while what a drain still waits for, over all loops. Each loop looks at its own connections, by a timer of its own. When
 * all have looked, the last one tells; when a loop comes round again before another has looked, that one is blocked, and the rest is
 * told without it. Where no loop turns, nothing is told.
 */
final class DrainProgress {

    /** Who hears it. */
    @FunctionalInterface
    interface Listener {
        /**
         * What is left. On one of the loops.
         *
         * @param left of the loops that have answered
         * @param silent the loops that have not
         */
        void left(Unfinished left, List<EventLoop> silent);
    }

    private final LoopSet loops;
    private final Collection<ServerMetrics> servers;
    private final Duration every;
    private final Listener listener;
    private final Look[] looks;
    /** What each loop has found since it was last told; null where it has not looked. Guarded by this. */
    private final Unfinished[] found;

    DrainProgress(LoopSet loops, Collection<ServerMetrics> servers, Duration every, Listener listener) {
        this.loops = loops;
        this.servers = servers;
        this.every = every;
        this.listener = listener;
        this.looks = loops.loops().stream().map(Look::new).toArray(Look[]::new);
        this.found = new Unfinished[looks.length];
    }

    /** Any thread. */
    void begin() {
        for (Look look : looks) {
            look.loop.execute(look::scheduleNext);
        }
    }

    /** Any thread. */
    void end() {
        for (Look look : looks) {
            look.loop.execute(look::end);
        }
    }

    private synchronized void found(EventLoop loop, Unfinished here) {
        if (found[loop.index()] != null) {
            tell();
        }
        found[loop.index()] = here;
        if (silent().isEmpty()) {
            tell();
        }
    }

    private List<EventLoop> silent() {
        return loops.loops().stream()
                .filter(loop -> found[loop.index()] == null)
                .toList();
    }

    private void tell() {
        List<EventLoop> silent = silent();
        List<Unfinished> answers = new ArrayList<>();
        for (int i = 0; i < found.length; i++) {
            if (found[i] != null) {
                answers.add(found[i]);
                found[i] = null;
            }
        }
        answers.stream().reduce(Unfinished::plus).ifPresent(left -> listener.left(left, silent));
    }

    /** What one loop does, which owns it. */
    private final class Look {
        private final EventLoop loop;
        private boolean ended;
        private Timer next;

        Look(EventLoop loop) {
            this.loop = loop;
        }

        void scheduleNext() {
            if (!ended) {
                next = loop.schedule(every, this::look);
            }
        }

        private void look() {
            found(loop, loops.connections().get(loop.index()).unfinished(servers));
            scheduleNext();
        }

        void end() {
            ended = true;
            if (next != null) {
                next.cancel();
            }
        }
    }
}
