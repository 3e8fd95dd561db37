package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.fault.CloseReason.Cause;
import dev.weir.protocol.Handler;
import dev.weir.protocol.Hold;
import dev.weir.protocol.Session;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/**
 * A connection for one request. A transport's test extends this and says how to get at the transport.
 */
@AddLifecycleHook(LeakCheck.class)
public abstract class ShortConnectionContract {
    private static final String SHORT = "servers.test.lifecycle.connection-mode = short";
    private static final int SMALL_WINDOW = 32 * 1024;
    /** More than a network takes of a peer that does not read. */
    private static final int LARGE = 8 * 1024 * 1024;

    /** A new way to the transport under test. Called once for each run of a law. */
    protected abstract TransportSubject subject();

    /** When the reply is sent. */
    enum When {
        /** Within the call that brings the request. */
        AT_ONCE,
        /** By another thread, under a hold. */
        LATER
    }

    /**
     * A request and its reply.
     *
     * @param messages messages that make a request
     * @param frames frames that make a reply
     * @param bytes of each frame
     */
    record Shape(int messages, int frames, int bytes, When when) {}

    /** Answers each request with its number and as many frames as the shape says. */
    private static final class Answering implements Handler<ByteBuf> {
        private final Session<ByteBuf> session;
        private final Shape shape;
        private final Queue<Runnable> owed;
        private int heard;

        Answering(Session<ByteBuf> session, Shape shape, Queue<Runnable> owed) {
            this.session = session;
            this.shape = shape;
            this.owed = owed;
        }

        @Override
        public void onMessage(ByteBuf message) {
            heard++;
            if (heard % shape.messages() != 0) {
                return;
            }
            int request = heard / shape.messages();
            if (shape.when() == When.AT_ONCE) {
                reply(request);
            } else {
                Hold hold = session.hold();
                owed.add(() -> {
                    reply(request);
                    hold.release();
                });
            }
        }

        private void reply(int request) {
            for (int i = 0; i < shape.frames(); i++) {
                session.send(Unpooled.wrappedBuffer(content(request, shape.bytes())));
            }
        }
    }

    private static byte[] content(int request, int bytes) {
        return Bytes.random(request, bytes);
    }

    private static byte[] replyTo(int request, Shape shape) {
        byte[][] frames = new byte[shape.frames()][];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = content(request, shape.bytes());
        }
        return Frames.of(frames);
    }

    private static byte[] requests(int count, Shape shape) {
        return Frames.of(new byte[count * shape.messages()][10]);
    }

    @Property(tries = 40, shrinking = ShrinkingMode.OFF)
    void theFirstRequestGetsItsWholeReplyAndThenTheEndAndNoOtherGetsAny(
            @ForAll @IntRange(min = 1, max = 4) int requests,
            @ForAll @IntRange(min = 1, max = 3) int messages,
            @ForAll @IntRange(min = 1, max = 4) int frames,
            @ForAll @IntRange(max = 50_000) int bytes,
            @ForAll When when,
            @ForAll boolean halfCloses)
            throws Exception {
        Shape shape = new Shape(messages, frames, bytes, when);
        assertOneReply(shape, requests, halfCloses, SHORT);
    }

    @Property(tries = 15, shrinking = ShrinkingMode.OFF)
    void theReplyIsWholeThoughTheClosePolicyDropsWhatIsQueued(
            @ForAll @IntRange(min = 1, max = 4) int frames,
            @ForAll @IntRange(max = 50_000) int bytes,
            @ForAll When when)
            throws Exception {
        // One request alone: of what lies unread the system makes a reset, and force does not read it first.
        assertOneReply(new Shape(1, frames, bytes, when), 1, false, SHORT, "servers.test.lifecycle.close = force");
    }

    private void assertOneReply(Shape shape, int requests, boolean halfCloses, String... settings) throws Exception {
        Queue<Runnable> owed = new ConcurrentLinkedQueue<>();
        Handlers answering = new Handlers(session -> new Answering(session, shape, owed));
        try (TestServer server = TestServer.start(subject(), answering, settings)) {
            Peer peer = server.connect(SMALL_WINDOW);
            peer.send(requests(requests, shape));
            if (halfCloses) {
                peer.halfClose();
            }
            if (shape.when() == When.LATER) {
                server.until("the request is in", () -> !owed.isEmpty());
                server.turns(5);
                assertThat(owed).as("requests that were taken").hasSize(1);
                Thread other = Thread.ofVirtual().start(owed.remove());
                other.join();
            }
            Bytes.assertSame(peer.readToEnd(), replyTo(1, shape));
            assertThat(peer.input()).isEqualTo(Peer.Input.END);
            peer.close();
            server.untilClosed(1, Cause.CLOSED);
            assertThat(owed).isEmpty();
            server.assertIdle();
        }
    }

    @Property(tries = 20, shrinking = ShrinkingMode.OFF)
    void whoEndsAnotherConnectionKeepsTheMessageThatIsLentToHim(@ForAll @IntRange(min = 2, max = 200) int bytes)
            throws Exception {
        byte[] question = content(1, bytes);
        Queue<Session<ByteBuf>> replied = new ConcurrentLinkedQueue<>();
        Queue<byte[]> kept = new ConcurrentLinkedQueue<>();
        Handlers handlers = new Handlers(session -> message -> {
            if (message.readableBytes() == 1) {
                session.send(Unpooled.wrappedBuffer(new byte[LARGE]));
                replied.add(session);
            } else {
                // What still lies unread of the other's is thrown away, lest it make the close a reset.
                replied.remove().close();
                kept.add(ByteBufUtil.getBytes(message));
            }
        });
        String force = "servers.test.lifecycle.close = force";
        try (TestServer server = TestServer.start(subject(), handlers, "event-loops = 1", SHORT, force)) {
            Peer slow = server.connect(SMALL_WINDOW);
            slow.send(Frames.of(new byte[1]));
            server.until("it has its reply", () -> !replied.isEmpty());
            slow.send(Frames.of(content(2, bytes)));
            server.turns(5);
            Peer other = server.connect();
            other.send(Frames.of(question));
            server.until("the other was heard", () -> !kept.isEmpty());
            Bytes.assertSame(kept.remove(), question);
            slow.readToEnd();
            slow.close();
            other.close();
            server.assertIdle();
        }
    }

    @Example
    void aGreetingIsNoReply() throws Exception {
        Handlers greeting = new Handlers(session -> new Handler<>() {
            @Override
            public void onOpened() {
                session.send(Unpooled.wrappedBuffer(content(0, 10)));
            }

            @Override
            public void onMessage(ByteBuf message) {
                session.send(Unpooled.wrappedBuffer(content(1, 10)));
            }
        });
        try (TestServer server = TestServer.start(subject(), greeting, SHORT)) {
            Peer peer = server.connect();
            byte[] first = Frames.of(content(0, 10));
            Bytes.assertSame(peer.read(first.length), first);
            server.turns(5);
            assertThat(server.weir().openConnections()).isOne();
            peer.send(Frames.of(new byte[1]));
            Bytes.assertSame(peer.readToEnd(), Frames.of(content(1, 10)));
            assertThat(peer.input()).isEqualTo(Peer.Input.END);
        }
    }
}
