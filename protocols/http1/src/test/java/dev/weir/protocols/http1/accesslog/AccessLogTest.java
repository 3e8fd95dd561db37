package dev.weir.protocols.http1.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.metrics.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is handed over comes out, in order, or is counted. */
class AccessLogTest {
    private final Metrics metrics = new Metrics();
    private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();

    @Test
    void linesOfALoopComeInOrderAndAllAreThereWhenItIsClosed() {
        List<AccessQueue> queues = new ArrayList<>();
        try (AccessLog log = new AccessLog(metrics, lines::add)) {
            queues.add(log.queue(AccessFormat.COMBINED, 100_000));
            queues.add(log.queue(AccessFormat.COMBINED, 100_000));
            for (int i = 0; i < 100_000; i++) {
                queues.get(i % 2).offer(Entries.numbered(i));
            }
        }

        assertThat(lines).hasSize(100_000);
        for (int loop = 0; loop < 2; loop++) {
            int its = loop;
            assertThat(lines.stream().map(AccessLogTest::number).filter(number -> number % 2 == its))
                    .containsExactlyElementsOf(IntStream.range(0, 50_000)
                            .map(i -> i * 2 + its)
                            .boxed()
                            .toList());
        }
        assertThat(dropped()).isZero();
    }

    @Test
    void aLineIsWrittenThoughNoOtherFollows() throws InterruptedException {
        try (AccessLog log = new AccessLog(metrics, lines::add)) {
            AccessQueue queue = log.queue(AccessFormat.COMBINED, 1);
            for (int i = 0; i < 50; i++) {
                queue.offer(Entries.numbered(i));
                assertThat(number(lines.take())).isEqualTo(i);
            }
        }
    }

    @Test
    void beyondTheQueueLinesAreLostAndCounted() throws InterruptedException {
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch stuck = new CountDownLatch(1);
        try (AccessLog log = new AccessLog(metrics, line -> {
            stuck.countDown();
            await(goOn);
            lines.add(line);
        })) {
            AccessQueue queue = log.queue(AccessFormat.COMBINED, 3);
            queue.offer(Entries.numbered(0));
            stuck.await();
            IntStream.rangeClosed(1, 5).mapToObj(Entries::numbered).forEach(queue::offer);
            assertThat(dropped()).isEqualTo(2);
            goOn.countDown();
        }

        assertThat(lines.stream().map(AccessLogTest::number)).containsExactly(0, 1, 2, 3);
    }

    @Test
    void withoutAQueueThereIsNoThread() {
        try (AccessLog log = new AccessLog(metrics, lines::add)) {
            assertThat(log.isRunning()).isFalse();
        }
    }

    @Test
    void closingEndsTheThreadAndMayBeDoneTwice() {
        AccessLog log = new AccessLog(metrics, lines::add);
        log.queue(AccessFormat.JSON, 1);
        assertThat(log.isRunning()).isTrue();

        log.close();
        log.close();

        assertThat(log.isRunning()).isFalse();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static int number(String line) {
        return Integer.parseInt(line.replaceFirst(".*\"GET /(\\d+) .*", "$1"));
    }

    private long dropped() {
        long[] sum = {0};
        metrics.read((id, kind, value) -> sum[0] += id.name().equals("weir.http.access-log.dropped") ? value : 0);
        return sum[0];
    }
}
