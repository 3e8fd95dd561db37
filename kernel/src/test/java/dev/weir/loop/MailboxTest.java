package dev.weir.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MailboxTest {
    private static final int THREADS = 4;
    private static final int TASKS = 20_000;

    @Test
    void everyTaskIsTakenOnceAndEachThreadsTasksInOrder() throws InterruptedException {
        Mailbox mailbox = new Mailbox();
        List<List<Integer>> ran = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            List<Integer> mine = new ArrayList<>();
            ran.add(mine);
            threads.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < TASKS; i++) {
                    int number = i;
                    mailbox.put(() -> mine.add(number));
                }
            }));
        }
        boolean mayCome = true;
        while (mayCome || !mailbox.isEmpty()) {
            // Looked at first: what was put before the last thread ended is taken still.
            mayCome = threads.stream().anyMatch(Thread::isAlive);
            Runnable task = mailbox.take();
            if (task != null) {
                task.run();
            } else {
                Thread.onSpinWait();
            }
        }
        assertThat(mailbox.isEmpty()).isTrue();
        assertThat(mailbox.take()).isNull();
        assertThat(ran).allSatisfy(numbers -> assertThat(numbers).hasSize(TASKS).isSorted());
    }
}
