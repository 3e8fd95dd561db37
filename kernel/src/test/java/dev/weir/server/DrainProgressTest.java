package dev.weir.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.engine.LoopSet;
import dev.weir.loop.EventLoop;
import dev.weir.metrics.Metrics;
import dev.weir.transport.Poller;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose answers a drain tells of, and when. */
class DrainProgressTest {
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final int LOOPS = 3;

    private final List<List<Integer>> told = new ArrayList<>();
    private long nowNanos;
    private LoopSet loops;
    private DrainProgress progress;

    @BeforeEach
    void begin() throws Exception {
        Metrics metrics = new Metrics();
        List<EventLoop> some = IntStream.range(0, LOOPS)
                .mapToObj(index -> new EventLoop(
                        index, silentPoller(), () -> nowNanos, metrics, UnpooledByteBufAllocator.DEFAULT, 64))
                .toList();
        loops = LoopSet.over(some, metrics);
        progress = new DrainProgress(
                loops,
                List.of(),
                EVERY,
                (left, silent) -> told.add(silent.stream().map(EventLoop::index).toList()));
        progress.begin();
        turnAllBut(-1);
    }

    @AfterEach
    void end() {
        loops.loops().forEach(EventLoop::close);
    }

    private static Poller silentPoller() {
        return (Poller) Proxy.newProxyInstance(
                DrainProgressTest.class.getClassLoader(),
                new Class<?>[] {Poller.class},
                (proxy, method, arguments) -> method.getName().equals("poll") ? 0 : null);
    }

    private void turnAllBut(int blocked) throws Exception {
        for (EventLoop loop : loops.loops()) {
            if (loop.index() != blocked) {
                loop.turn(0);
            }
        }
    }

    private void later(int blocked) throws Exception {
        nowNanos += EVERY.toNanos() + Duration.ofMillis(20).toNanos();
        turnAllBut(blocked);
    }

    @Test
    void whenAllLoopsHaveAnsweredItIsToldOnceEachTime() throws Exception {
        later(-1);
        assertThat(told).containsExactly(List.of());
        later(-1);
        assertThat(told).containsExactly(List.of(), List.of());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aBlockedLoopIsNamedTheNextTimeAndTheOthersAreToldOf(int blocked) throws Exception {
        later(blocked);
        assertThat(told).isEmpty();
        later(blocked);
        assertThat(told).containsExactly(List.of(blocked));
        later(blocked);
        assertThat(told).containsExactly(List.of(blocked), List.of(blocked));
        later(-1);
        assertThat(told).last().isEqualTo(List.of());
    }

    @Test
    void afterItsEndNothingIsTold() throws Exception {
        progress.end();
        later(-1);
        later(-1);
        assertThat(told).isEmpty();
        assertThat(loops.loops()).allMatch(loop -> loop.timers() == 0);
    }
}
