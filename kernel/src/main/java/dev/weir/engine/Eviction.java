package dev.weir.engine;

import dev.weir.lifecycle.DescriptorPolicy.Evict;
import dev.weir.loop.EventLoop;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Ends the connections of the process that have been idle longest, over all loops: each loop names its own, the one who asks chooses,
 * and each loop ends what was chosen of it. One is made for each time. Owned by the loop that asks.
 */
final class Eviction {
    private static final Comparator<Candidate> LONGEST_FIRST =
            Comparator.comparingLong(Candidate::idleNanos).reversed();

    /**
     * A connection that may be ended.
     *
     * @param connection its loop alone may touch it
     * @param loop the index of its loop
     * @param movedNanos when something moved last, by the clock
     * @param idleNanos how long ago that is
     */
    private record Candidate(SocketConnection connection, int loop, long movedNanos, long idleNanos) {}

    private final LoopSet loops;
    private final EventLoop asker;
    private final Evict wanted;
    private final IntConsumer onEnd;
    private final List<Candidate> candidates = new ArrayList<>();
    /** The one time to compare with: the loops answer at different ones. */
    private long askedNanos;

    private int answersDue;
    private int ended;

    /** @param onEnd told how many were ended, when their descriptors are free */
    Eviction(LoopSet loops, EventLoop asker, Evict wanted, IntConsumer onEnd) {
        this.loops = loops;
        this.asker = asker;
        this.wanted = wanted;
        this.onEnd = onEnd;
    }

    /** Asks the loops. */
    void begin() {
        askedNanos = asker.clock().nanoTime();
        answersDue = loops.loops().size();
        for (int i = 0; i < loops.loops().size(); i++) {
            int index = i;
            EventLoop loop = loops.loops().get(i);
            boolean asked = loop.execute(() -> {
                List<Candidate> idle = idleLongest(index);
                asker.execute(() -> named(idle));
            });
            if (!asked) {
                named(List.of());
            }
        }
    }

    /** Those of a loop that have been idle longest, so many as are wanted of all. On that loop. */
    private List<Candidate> idleLongest(int index) {
        List<Candidate> idle = new ArrayList<>();
        for (SocketConnection connection = loops.connections().get(index).first();
                connection != null;
                connection = LoopConnections.after(connection)) {
            long moved = connection.lastMovedNanos();
            long nanos = askedNanos - moved;
            if (nanos >= wanted.idleFor().toNanos() && connection.isIdle()) {
                keepLongest(idle, new Candidate(connection, index, moved, nanos));
            }
        }
        return idle;
    }

    private void keepLongest(List<Candidate> idle, Candidate next) {
        if (idle.size() == wanted.most()) {
            if (LONGEST_FIRST.compare(next, idle.getLast()) >= 0) {
                return;
            }
            idle.removeLast();
        }
        int at = idle.size();
        while (at > 0 && LONGEST_FIRST.compare(next, idle.get(at - 1)) < 0) {
            at--;
        }
        idle.add(at, next);
    }

    private void named(List<Candidate> idle) {
        candidates.addAll(idle);
        answersDue--;
        if (answersDue == 0) {
            choose();
        }
    }

    private void choose() {
        candidates.sort(LONGEST_FIRST);
        List<Candidate> chosen = candidates.subList(0, Math.min(wanted.most(), candidates.size()));
        answersDue = 1;
        for (int i = 0; i < loops.loops().size(); i++) {
            int index = i;
            EventLoop loop = loops.loops().get(i);
            List<Candidate> here = chosen.stream()
                    .filter(candidate -> candidate.loop() == index)
                    .toList();
            if (!here.isEmpty() && loop.execute(() -> end(loop, here))) {
                answersDue++;
            }
        }
        answered(0);
    }

    /** On the loop of those chosen. */
    private void end(EventLoop loop, List<Candidate> chosen) {
        int count = 0;
        for (Candidate candidate : chosen) {
            if (candidate.connection().evictIfIdleSince(candidate.movedNanos())) {
                count++;
            }
        }
        int evicted = count;
        // A selector gives a descriptor back only with its next select.
        loop.again(() -> asker.execute(() -> answered(evicted)));
    }

    private void answered(int evicted) {
        ended += evicted;
        answersDue--;
        if (answersDue == 0) {
            onEnd.accept(ended);
        }
    }
}
