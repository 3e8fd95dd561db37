package dev.weir.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InboxTest {
    private static final int FULL_BYTES = 256 * 1024;
    private static final int FULL_MESSAGES = 256;
    private static final int ROUNDS = 50_000;

    private final Inbox inbox = new Inbox();

    @Test
    void isFullAtSoManyMessagesAndResumesOnceAtHalf() {
        for (int i = 1; i < FULL_MESSAGES; i++) {
            inbox.put(i, 0);
            assertThat(inbox.isFull()).isFalse();
        }
        inbox.put(FULL_MESSAGES, 0);
        assertThat(inbox.isFull()).isTrue();
        for (int i = 1; i < FULL_MESSAGES / 2; i++) {
            assertThat(inbox.take()).isEqualTo(i);
            assertThat(inbox.mayResume()).isFalse();
        }
        assertThat(inbox.take()).isEqualTo(FULL_MESSAGES / 2);
        assertThat(inbox.mayResume()).isTrue();
        assertThat(inbox.mayResume()).as("again").isFalse();
    }

    @Test
    void isFullAtSoManyBytesAndResumesAtHalf() {
        inbox.put("much", FULL_BYTES - 1);
        assertThat(inbox.isFull()).isFalse();
        inbox.put("more", 1);
        assertThat(inbox.isFull()).isTrue();
        assertThat(inbox.mayResume()).isFalse();
        assertThat(inbox.take()).isEqualTo("much");
        assertThat(inbox.mayResume()).isTrue();
    }

    @Test
    void releasesWhatNobodyTakes() {
        ByteBuf message = Unpooled.buffer(1).writeByte(1);
        inbox.put(message, 1);
        inbox.clear();
        assertThat(message.refCnt()).isZero();
        assertThat(inbox.isEmpty()).isTrue();
        assertThat(inbox.take()).isNull();
    }

    @Test
    void aTakerAsFastAsTheLoopIsNeverForgotten() throws InterruptedException {
        AtomicBoolean paused = new AtomicBoolean();
        AtomicInteger foundEmptyAfter = new AtomicInteger();
        Thread taker = Thread.ofPlatform().start(() -> {
            int taken = 0;
            while (!Thread.currentThread().isInterrupted()) {
                if (inbox.take() == null) {
                    foundEmptyAfter.set(taken);
                    Thread.onSpinWait();
                } else {
                    taken++;
                    if (inbox.mayResume()) {
                        paused.set(false);
                    }
                }
            }
        });
        try {
            for (int put = 1; put <= ROUNDS; put++) {
                // Each message fills the inbox by itself.
                inbox.put(put, FULL_BYTES);
                paused.set(true);
                if (!inbox.isFull()) {
                    paused.set(false);
                }
                while (paused.get()) {
                    boolean takerWaits = foundEmptyAfter.get() == put;
                    assertThat(takerWaits && paused.get())
                            .as("paused for ever after %s messages", put)
                            .isFalse();
                    Thread.onSpinWait();
                }
            }
        } finally {
            taker.interrupt();
            taker.join();
        }
    }
}
