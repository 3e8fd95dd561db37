package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.codec.CodecFactory;
import dev.weir.fault.CloseReason;
import dev.weir.protocol.Handler;
import dev.weir.protocol.Hold;
import dev.weir.protocol.Session;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One connection from its opening to its end: does with its session what it is told, and notes every call of its handlers that comes
 * where it must not.
 */
final class Life {
    /** What a handler throws when it is told to. */
    static final class Told extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Told() {
            super("thrown as told", null, false, false);
        }
    }

    private final Session<ByteBuf> session;
    private final CodecFactory<ByteBuf, ByteBuf> frames;
    private final Queue<LifecycleContract.Step> inCall = new ConcurrentLinkedQueue<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<String> wrong = new CopyOnWriteArrayList<>();
    private final ArrayDeque<Hold> holds = new ArrayDeque<>();
    private volatile Watched current;
    private final AtomicInteger closed = new AtomicInteger();
    private volatile boolean lettingGo;

    /** @param frames the codec that it changes to */
    Life(Session<ByteBuf> session, CodecFactory<ByteBuf, ByteBuf> frames) {
        this.session = session;
        this.frames = frames;
    }

    Handler<ByteBuf> nextHandler() {
        current = new Watched();
        return current;
    }

    void inNextCall(LifecycleContract.Step step) {
        inCall.add(step);
    }

    void inTask(LifecycleContract.Step step) {
        session.execute(() -> perform(step));
    }

    /** Does nothing more that would keep the connection open. */
    void letGo() {
        lettingGo = true;
        inCall.clear();
        session.execute(() -> {
            holds.forEach(Hold::release);
            session.resumeReading();
            session.close();
        });
    }

    /** Fails unless the connection has ended, once, and every call came where it may. */
    void assertOver() {
        assertThat(wrong)
                .as("calls that came where they must not, of %s", calls)
                .isEmpty();
        assertThat(calls).first().isEqualTo("onOpened");
        assertThat(calls).last().isEqualTo("onClosed");
        assertThat(closed).as("onClosed, of %s", calls).hasValue(1);
    }

    private void perform(LifecycleContract.Step step) {
        if (lettingGo) {
            return;
        }
        switch (step.event()) {
            case SEND -> session.send(Unpooled.directBuffer().writeZero(step.amount()));
            case SEND_OFF_LOOP ->
                Thread.ofVirtual().start(() -> session.send(Unpooled.buffer().writeZero(step.amount())));
            case PAUSE -> session.pauseReading();
            case RESUME -> session.resumeReading();
            case HOLD -> holds.add(session.hold());
            case RELEASE -> {
                if (!holds.isEmpty()) {
                    holds.remove().release();
                }
            }
            case SCHEDULE -> session.schedule(Duration.ofMillis(step.amount()), () -> noteTask("timer"));
            case SWITCH -> session.switchTo(frames, new Handlers(same -> nextHandler()));
            case THROW -> throw new Told();
            case CLOSE -> session.close();
            case ABORT -> session.abort();
            default -> throw new AssertionError(step);
        }
    }

    private void noteTask(String what) {
        if (closed.get() > 0) {
            wrong.add(what + " after onClosed");
        }
    }

    /** Notes what it hears; then does the next thing it is told to. */
    private final class Watched implements Handler<ByteBuf> {
        private boolean opened;

        @Override
        public void onOpened() {
            note("onOpened", opened);
            opened = true;
            act();
        }

        @Override
        public void onMessage(ByteBuf message) {
            note("onMessage", !opened);
            act();
            session.send(message);
        }

        @Override
        public void onWritable() {
            note("onWritable", !opened);
            act();
        }

        @Override
        public void onPeerHalfClosed() {
            note("onPeerHalfClosed", !opened);
            act();
        }

        @Override
        public void onClosed(CloseReason reason) {
            note("onClosed", !opened);
            closed.incrementAndGet();
            act();
        }

        private void note(String call, boolean isWrong) {
            calls.add(call);
            if (isWrong || closed.get() > 0 || current != this) {
                wrong.add(call);
            }
        }

        private void act() {
            LifecycleContract.Step step = inCall.poll();
            if (step != null) {
                perform(step);
            }
        }
    }
}
