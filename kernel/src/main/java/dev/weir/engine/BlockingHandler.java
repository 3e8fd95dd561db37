package dev.weir.engine;

import dev.weir.connection.Connection;
import dev.weir.fault.CloseReason;
import dev.weir.protocol.BlockingProtocol;
import dev.weir.protocol.BlockingSession;
import dev.weir.protocol.Handler;
import dev.weir.protocol.Hold;
import dev.weir.protocol.SessionClosedException;
import io.netty.buffer.ByteBuf;
import io.netty.util.ReferenceCountUtil;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The bridge between a connection's loop and the virtual thread of a blocking protocol. The loop side is the {@link Handler}: it puts
 * messages into the inbox and pauses reading while that is full. The thread side is the {@link BlockingSession}. Neither takes a lock:
 * the thread parks, the loop unparks.
 */
final class BlockingHandler implements Handler<Object>, BlockingSession<Object, Object> {
    /** Writes under way to the loop at a time. */
    private static final int MOST_WRITES = 32;

    /** Bytes of them, which may come on top of the high watermark; a message that is larger goes alone. */
    private static final long MOST_WRITE_BYTES = 64 * 1024;

    private final SocketConnection connection;
    private final BlockingProtocol<Object, Object> protocol;
    private final Executor executor;
    private final Inbox inbox = new Inbox();
    private final AtomicInteger writes = new AtomicInteger();
    private final AtomicLong writeBytes = new AtomicLong();

    private volatile Thread thread;
    private volatile boolean writable = true;
    private volatile boolean peerEnded;
    private volatile boolean draining;
    private volatile CloseReason closed;

    /** Owned by the loop: what keeps a drain waiting while the thread works. */
    private Hold hold;

    private boolean returned;

    BlockingHandler(SocketConnection connection, BlockingProtocol<Object, Object> protocol, Executor executor) {
        this.connection = connection;
        this.protocol = protocol;
        this.executor = executor;
    }

    @Override
    public void onOpened() {
        hold = connection.session().hold();
        executor.execute(this::run);
    }

    @Override
    public void onMessage(Object message) {
        Object kept = connection.codec().keep(message);
        holdOn();
        inbox.put(kept, sizeOf(kept));
        if (inbox.isFull()) {
            connection.reading().pause();
        }
        LockSupport.unpark(thread);
    }

    @Override
    public void onWritable() {
        writable = true;
        LockSupport.unpark(thread);
    }

    @Override
    public void onPeerHalfClosed() {
        // The thread has the end still to read, and may answer to it.
        holdOn();
        peerEnded = true;
        LockSupport.unpark(thread);
    }

    @Override
    public void onDrain() {
        draining = true;
    }

    @Override
    public void onClosed(CloseReason reason) {
        closed = reason;
        Thread running = thread;
        if (running != null && !returned) {
            running.interrupt();
        }
    }

    @Override
    public Connection connection() {
        return connection;
    }

    @Override
    public Optional<Object> read() throws SessionClosedException, InterruptedException {
        while (true) {
            // In this order: what came before the end is read before the end is seen.
            boolean ended = peerEnded;
            Object message = inbox.take();
            if (message != null) {
                if (inbox.mayResume()) {
                    onLoop(connection.reading()::resume);
                }
                return Optional.of(message);
            }
            failIfClosed();
            if (ended) {
                return Optional.empty();
            }
            long taken = inbox.taken();
            onLoop(() -> idle(taken));
            park(() -> inbox.isEmpty() && !peerEnded && closed == null);
        }
    }

    @Override
    public void write(Object message) throws SessionClosedException, InterruptedException {
        int size = sizeOf(message);
        try {
            park(() -> (!writable || hasNoRoomFor(size)) && closed == null);
            failIfClosed();
        } catch (SessionClosedException | InterruptedException e) {
            ReferenceCountUtil.release(message);
            throw e;
        }
        writes.incrementAndGet();
        writeBytes.addAndGet(size);
        if (!connection.loop().execute(() -> send(message, size))) {
            // The loop ended between the look above and here; every connection of it is closed.
            ReferenceCountUtil.release(message);
        }
        park(() -> !writable && closed == null);
        failIfClosed();
    }

    @Override
    public void identify(String key) throws SessionClosedException, InterruptedException {
        AtomicReference<Optional<CloseReason>> refusal = new AtomicReference<>();
        connection.loop().execute(() -> {
            boolean[] answer = {false};
            connection.call(() -> answer[0] = connection.identify(key));
            refusal.set(answer[0] ? Optional.empty() : connection.closeReason());
            LockSupport.unpark(thread);
        });
        park(() -> refusal.get() == null && closed == null);
        failIfClosed();
        if (refusal.get().isPresent()) {
            throw new SessionClosedException(refusal.get().get());
        }
    }

    @Override
    public void phase(String name) {
        connection.loop().execute(() -> connection.protocolPhase(name));
    }

    /** Whether what is under way has to reach the loop first, which then says whether the connection is still writable. */
    private boolean hasNoRoomFor(int size) {
        int underWay = writes.get();
        return underWay >= MOST_WRITES || (underWay > 0 && writeBytes.get() + size > MOST_WRITE_BYTES);
    }

    @Override
    public boolean isDraining() {
        return draining;
    }

    @SuppressWarnings("CatchingUnchecked") // The border between Weir's code and a plugin's.
    private void run() {
        thread = Thread.currentThread();
        if (closed != null) {
            // It ended before there was a thread to interrupt.
            thread.interrupt();
        }
        Throwable thrown = null;
        try {
            protocol.serve(this);
        } catch (Throwable e) {
            thrown = e;
        }
        Throwable outcome = thrown;
        if (!connection.loop().execute(() -> served(outcome))) {
            // The loop has ended: nobody puts any more.
            inbox.clear();
        }
    }

    /** On the loop: the protocol has returned or thrown. */
    private void served(Throwable thrown) {
        returned = true;
        inbox.clear();
        boolean becauseClosed = connection.state().isClosing()
                && (thrown instanceof SessionClosedException || thrown instanceof InterruptedException);
        if (thrown != null && !becauseClosed) {
            connection.threw(thrown);
        } else {
            connection.session().close();
        }
        letGo();
    }

    /** On the loop: encodes what the thread wrote. */
    private void send(Object message, int size) {
        connection.call(() -> connection.reply(message));
        // Before the count: who sees that there is room must also see whether there still is in the queue.
        writable = connection.writing().isWritable();
        writeBytes.addAndGet(-size);
        writes.decrementAndGet();
        LockSupport.unpark(thread);
    }

    /** On the loop: the thread found the inbox empty after so many messages. If that is still so, nothing is in flight. */
    private void idle(long taken) {
        if (inbox.put() == taken && !peerEnded) {
            letGo();
        }
    }

    private void holdOn() {
        if (hold == null && !returned) {
            hold = connection.session().hold();
        }
    }

    private void letGo() {
        if (hold != null) {
            Hold done = hold;
            hold = null;
            done.release();
        }
    }

    /** What a message weighs, about; 0 where that cannot be told, so that only the number of such messages is bounded. */
    private static int sizeOf(Object message) {
        return switch (message) {
            case ByteBuf bytes -> bytes.readableBytes();
            case CharSequence text -> text.length();
            default -> 0;
        };
    }

    private void onLoop(Runnable task) {
        connection.loop().execute(() -> {
            if (!connection.state().isClosing()) {
                task.run();
            }
        });
    }

    private void failIfClosed() throws SessionClosedException {
        CloseReason reason = closed;
        if (reason != null) {
            throw new SessionClosedException(reason);
        }
    }

    private void park(BooleanSupplier whileTrue) throws InterruptedException, SessionClosedException {
        while (whileTrue.getAsBoolean()) {
            LockSupport.park(this);
            if (Thread.interrupted()) {
                failIfClosed();
                throw new InterruptedException();
            }
        }
    }
}
