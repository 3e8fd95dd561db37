package dev.weir.testkit;

import dev.weir.PluginApi;
import dev.weir.codec.CodecFactory;
import dev.weir.codec.MessageWindow;
import dev.weir.connection.Connection;
import dev.weir.connection.ConnectionState;
import dev.weir.protocol.Handler;
import dev.weir.protocol.Hold;
import dev.weir.protocol.Protocol;
import dev.weir.protocol.Session;
import dev.weir.time.Timer;
import dev.weir.transport.TcpInfo;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A {@link Session} without a network, for tests of one handler. It notes what the handler does and keeps the rules of a session:
 * who may call what from where, what a closed one answers, when the queue is writable. The test calls the handler's methods.
 *
 * <p>The thread that makes it stands for the connection's loop. What other threads hand over waits for {@link #turn()}; time
 * passes only by {@link #advance}.
 *
 * @param <O> the class of messages that the protocol sends
 */
@PluginApi
public final class RecordingSession<O> implements Session<O> {
    private final Thread loop = Thread.currentThread();
    private final Function<? super O, String> rendering;
    private final Connection connection = new RecordedConnection(this);
    private final List<String> sent = new ArrayList<>();
    private final Queue<Runnable> mailbox = new ConcurrentLinkedQueue<>();
    private final VirtualTimers timers = new VirtualTimers();
    private final AtomicInteger holds = new AtomicInteger();

    private ConnectionState state = ConnectionState.OPEN;
    private boolean aborted;
    private boolean readingPaused;
    private boolean draining;
    private boolean aboveHigh;
    private long highBytes = 1024 * 1024;
    private long lowBytes = 256 * 1024;
    private long bytesQueued;
    private long bytesTaken;
    private Optional<String> client = Optional.empty();
    private Optional<String> phase = Optional.empty();
    private long phaseSinceNanos;
    private Optional<Protocol<?, ?>> switchedTo = Optional.empty();

    /**
     * An open session.
     *
     * @param rendering makes a text of a message while it is being sent; a lent one is gone afterwards
     */
    public RecordingSession(Function<? super O, String> rendering) {
        this.rendering = rendering;
    }

    /** Sets the watermarks of the write queue in bytes; without this they are 1 MiB and 256 KiB. */
    public RecordingSession<O> watermarks(long high, long low) {
        highBytes = high;
        lowBytes = low;
        return this;
    }

    /**
     * Lends bytes to a handler as the engine does: they are valid during the call, and overwritten with 0xDD after it. Releasing or
     * retaining them does nothing.
     */
    public static void lend(Handler<? super ByteBuf> handler, byte[] bytes) {
        ByteBuf in = Unpooled.copiedBuffer(bytes);
        try {
            handler.onMessage(new MessageWindow().showNext(in, bytes.length));
        } finally {
            byte[] poison = new byte[bytes.length];
            Arrays.fill(poison, (byte) 0xDD);
            in.setBytes(0, poison);
        }
    }

    /** The texts of the messages sent so far. */
    public List<String> sent() {
        return List.copyOf(sent);
    }

    /** How far it has come: OPEN, FLUSHING after a close, CLOSED after an abort. */
    public ConnectionState state() {
        return state;
    }

    /** True when the handler has aborted. */
    public boolean isAborted() {
        return aborted;
    }

    /** From now on the connection says that it is to end as soon as nothing of it is in flight. */
    public void startDraining() {
        draining = true;
    }

    /** True once that was said. */
    boolean isDraining() {
        return draining;
    }

    /** True between a pause and the next resume. */
    public boolean isReadingPaused() {
        return readingPaused;
    }

    /** Pieces of work that are held and not released. */
    public int holds() {
        return holds.get();
    }

    /** The key by which the handler has named its client. */
    public Optional<String> client() {
        return client;
    }

    /** The phase that the handler has named last. */
    public Optional<String> phase() {
        return phase;
    }

    /** When that phase began. */
    long phaseSinceNanos() {
        return phaseSinceNanos;
    }

    /** The protocol that the handler has changed to. */
    public Optional<Protocol<?, ?>> switchedTo() {
        return switchedTo;
    }

    /** Bytes sent that the peer has not taken. A message that is no ByteBuf counts by the length of its text. */
    public long bytesQueued() {
        return bytesQueued;
    }

    /** Bytes that the peer has taken. */
    public long bytesTaken() {
        return bytesTaken;
    }

    /**
     * The peer takes bytes, as many as there are at most.
     *
     * @return true when the queue had been above the high watermark and has now fallen to the low one: the engine would call the
     *     handler's {@link Handler#onWritable()}
     */
    public boolean peerReads(long bytes) {
        long taken = Math.min(bytes, bytesQueued);
        bytesQueued -= taken;
        bytesTaken += taken;
        boolean relieved = aboveHigh && bytesQueued <= lowBytes;
        aboveHigh &= !relieved;
        return relieved;
    }

    /** Does what other threads have handed over, and what {@link #execute} was given. */
    public void turn() {
        for (Runnable task = mailbox.poll(); task != null; task = mailbox.poll()) {
            task.run();
        }
    }

    /** Lets time pass, and runs what was scheduled for it. */
    public void advance(Duration time) {
        timers.advance(time);
    }

    @Override
    public Connection connection() {
        return connection;
    }

    @Override
    public boolean send(O message) {
        if (!isOnLoop()) {
            return mailbox.add(() -> sendInLoop(message));
        }
        return sendInLoop(message);
    }

    private boolean sendInLoop(O message) {
        try {
            if (!state.isSendable()) {
                return false;
            }
            String text = rendering.apply(message);
            bytesQueued += message instanceof ByteBuf bytes ? bytes.readableBytes() : text.length();
            aboveHigh |= bytesQueued > highBytes;
            sent.add(text);
            return true;
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public boolean isWritable() {
        checkOnLoop();
        return !aboveHigh;
    }

    @Override
    public void close() {
        if (!isOnLoop()) {
            mailbox.add(this::close);
        } else if (!state.isClosing()) {
            end(ConnectionState.FLUSHING);
        }
    }

    @Override
    public void abort() {
        if (!isOnLoop()) {
            mailbox.add(this::abort);
        } else if (state != ConnectionState.CLOSED) {
            aborted = true;
            bytesQueued = 0;
            end(ConnectionState.CLOSED);
        }
    }

    private void end(ConnectionState how) {
        state = how;
        timers.cancelAll();
    }

    @Override
    public void pauseReading() {
        checkOnLoop();
        readingPaused = true;
    }

    @Override
    public void resumeReading() {
        checkOnLoop();
        readingPaused = false;
    }

    @Override
    public Hold hold() {
        checkOnLoop();
        holds.incrementAndGet();
        AtomicBoolean held = new AtomicBoolean(true);
        return () -> {
            if (held.compareAndSet(true, false)) {
                holds.decrementAndGet();
            }
        };
    }

    @Override
    public boolean identify(String key) {
        checkOnLoop();
        client = Optional.of(key);
        return !state().isClosing();
    }

    @Override
    public void phase(String name) {
        checkOnLoop();
        if (!phase.equals(Optional.of(name))) {
            phase = Optional.of(name);
            phaseSinceNanos = timers.nowNanos();
        }
    }

    /** Empty: there is no network. */
    @Override
    public Optional<TcpInfo> tcpInfo() {
        return Optional.empty();
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        checkOnLoop();
        return timers.schedule(delay, task);
    }

    @Override
    public void execute(Runnable task) {
        mailbox.add(() -> {
            if (state != ConnectionState.CLOSED) {
                task.run();
            }
        });
    }

    @Override
    public <I2, O2> void switchTo(CodecFactory<I2, O2> codec, Protocol<I2, O2> protocol) {
        checkOnLoop();
        switchedTo = Optional.of(protocol);
    }

    private boolean isOnLoop() {
        return loop.equals(Thread.currentThread());
    }

    private void checkOnLoop() {
        if (!isOnLoop()) {
            throw new IllegalStateException(
                    "only send, close, abort, execute and a hold's release may be called off the loop; this is "
                            + Thread.currentThread() + ", the loop is " + loop);
        }
    }
}
