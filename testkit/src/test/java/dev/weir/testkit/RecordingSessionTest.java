package dev.weir.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connection.ConnectionState;
import dev.weir.protocol.Hold;
import dev.weir.time.Timer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RecordingSessionTest {
    private final RecordingSession<ByteBuf> session = new RecordingSession<>(bytes -> bytes.toString(US_ASCII));

    @Test
    void takesWhatIsSentOpenOrClosed() {
        ByteBuf first = message("a");
        ByteBuf second = message("b");
        assertThat(session.send(first)).isTrue();
        session.close();
        assertThat(session.send(second)).isFalse();
        assertThat(first.refCnt()).isZero();
        assertThat(second.refCnt()).isZero();
        assertThat(session.sent()).containsExactly("a");
        assertThat(session.state()).isEqualTo(ConnectionState.FLUSHING);
        assertThat(session.connection().state()).isEqualTo(ConnectionState.FLUSHING);
    }

    @Test
    void anAbortDropsWhatIsQueued() {
        session.send(message("abc"));
        session.abort();
        assertThat(session.isAborted()).isTrue();
        assertThat(session.bytesQueued()).isZero();
        assertThat(session.state()).isEqualTo(ConnectionState.CLOSED);
    }

    @Test
    void tellsOnceWhenTheQueueHasFallenToTheLowWatermark() {
        session.watermarks(4, 1);
        session.send(message("abcd"));
        assertThat(session.isWritable()).isTrue();
        assertThat(session.peerReads(4))
                .as("it was never above the high watermark")
                .isFalse();
        session.send(message("abcde"));
        assertThat(session.isWritable()).isFalse();
        assertThat(session.peerReads(3)).isFalse();
        assertThat(session.isWritable()).as("not before the low watermark").isFalse();
        assertThat(session.peerReads(1)).isTrue();
        assertThat(session.isWritable()).isTrue();
        assertThat(session.peerReads(1)).isFalse();
        assertThat(session.connection().bytesSent()).isEqualTo(9);
    }

    @Test
    void aLentMessageIsOverwrittenAfterItsCall() {
        List<ByteBuf> kept = new ArrayList<>();
        RecordingSession.lend(
                message -> {
                    kept.add(message);
                    session.send(message);
                },
                "abc".getBytes(US_ASCII));
        assertThat(session.sent()).containsExactly("abc");
        assertThat(kept.getFirst().getByte(0)).isEqualTo((byte) 0xDD);
    }

    @Test
    void anotherThreadMayHandOverButNotAsk() throws InterruptedException {
        AtomicReference<Throwable> refused = new AtomicReference<>();
        Hold hold = session.hold();
        Thread other = Thread.ofPlatform().start(() -> {
            session.send(message("x"));
            hold.release();
            session.close();
            try {
                session.isWritable();
            } catch (IllegalStateException expected) {
                refused.set(expected);
            }
        });
        other.join();
        assertThat(refused.get()).hasMessageContaining("off the loop");
        assertThat(session.sent()).isEmpty();
        assertThat(session.holds()).isZero();
        session.turn();
        assertThat(session.sent()).containsExactly("x");
        assertThat(session.state()).isEqualTo(ConnectionState.FLUSHING);
    }

    @Test
    void aHoldIsReleasedOnce() {
        Hold first = session.hold();
        session.hold();
        first.release();
        first.release();
        assertThat(session.holds()).isEqualTo(1);
        assertThat(session.connection().holds()).isEqualTo(1);
    }

    @Test
    void timeRunsWhatIsDueInOrder() {
        List<String> ran = new ArrayList<>();
        session.schedule(Duration.ofSeconds(2), () -> ran.add("two"));
        session.schedule(Duration.ofSeconds(1), () -> {
            ran.add("one");
            session.schedule(Duration.ofMillis(500), () -> ran.add("one and a half"));
        });
        Timer taken = session.schedule(Duration.ofSeconds(1), () -> ran.add("never"));
        taken.cancel();
        session.advance(Duration.ofMillis(999));
        assertThat(ran).isEmpty();
        session.advance(Duration.ofSeconds(2));
        assertThat(ran).containsExactly("one", "one and a half", "two");
        assertThat(taken.isPending()).isFalse();
    }

    @Test
    void aCloseTakesTimersBack() {
        List<String> ran = new ArrayList<>();
        session.schedule(Duration.ofSeconds(1), () -> ran.add("late"));
        session.abort();
        session.advance(Duration.ofSeconds(1));
        session.execute(() -> ran.add("dropped"));
        session.turn();
        assertThat(ran).isEmpty();
    }

    @Test
    void notesWhatTheHandlerSaysOfItself() {
        session.identify("meter 7");
        session.phase("login");
        session.pauseReading();
        assertThat(session.client()).contains("meter 7");
        assertThat(session.phase()).contains("login");
        assertThat(session.isReadingPaused()).isTrue();
        session.resumeReading();
        assertThat(session.connection().isReadingPaused()).isFalse();
        assertThat(session.switchedTo()).isEmpty();
    }

    private static ByteBuf message(String text) {
        return Unpooled.copiedBuffer(text, US_ASCII);
    }
}
