package dev.weir.engine;

import dev.weir.codec.ProtocolViolation;
import dev.weir.connection.ConnectionState;
import dev.weir.fault.CloseReason;
import dev.weir.fault.CloseReason.Cause;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Received bytes to messages. The decoder reads the very buffer that was received into; only what makes no whole message yet is kept,
 * in a buffer that grows by bytes received. Between two messages the connection's state and pause are looked at again.
 */
final class Decoding {
    /** What a lent message is filled with after its call, where tests ask for it: 0xDD, many at a time. */
    private static final byte[] POISON = new byte[1024];

    static {
        Arrays.fill(POISON, (byte) 0xDD);
    }

    /** Messages in a row that take no byte of input: more is a decoder that never ends. */
    private static final int MOST_EMPTY_MESSAGES = 1000;

    private final SocketConnection connection;
    private final LentInput lent;
    private final Arrival arrival;

    /** Bytes without a whole message; null while there are none. */
    private ByteBuf kept;

    private int maxUndecoded;
    private int emptyMessages;
    private boolean running;
    private boolean disposed;
    private boolean ended;

    Decoding(SocketConnection connection, LentInput lent, Arrival arrival) {
        this.connection = connection;
        this.lent = lent;
        this.arrival = arrival;
    }

    void boundBy(int maxUndecodedBytes) {
        maxUndecoded = maxUndecodedBytes;
    }

    /** Decodes what was received just now, after what was kept. Copies what is left over. */
    void take(ByteBuf bytes, long nowNanos) {
        if (kept == null) {
            if (!connection.isInsideMessage()) {
                begin(bytes, nowNanos);
            }
            run(bytes, nowNanos);
            if (bytes.isReadable() && !disposed) {
                kept = connection.loop().allocator().directBuffer(bytes.readableBytes());
                kept.writeBytes(bytes);
            }
        } else {
            kept.discardSomeReadBytes();
            kept.writeBytes(bytes);
            runKept(nowNanos);
        }
        checkBound();
    }

    /** Goes on decoding after a pause. */
    void proceed() {
        if (kept != null) {
            runKept(connection.nanoTime());
            checkBound();
        }
    }

    /**
     * Input has ended: decodes what is left.
     *
     * @return true when nothing is left and the handler may be told of the end
     */
    boolean end() {
        ended = true;
        if (kept == null) {
            kept = connection.loop().allocator().directBuffer(0);
        }
        boolean told = runKept(connection.nanoTime());
        return told && !connection.state().isClosing() && !connection.isReadingPaused();
    }

    private boolean runKept(long nowNanos) {
        boolean exhausted = run(kept, nowNanos);
        if (disposed || !kept.isReadable()) {
            free();
        }
        return exhausted;
    }

    /** @return true when the decoder wants more than there is, false when pause or close cut it off */
    private boolean run(ByteBuf in, long nowNanos) {
        running = true;
        lent.lend(in, connection.loop().window());
        try {
            while (connection.state() == ConnectionState.OPEN && !connection.isReadingPaused()) {
                if (!in.isReadable() && !ended) {
                    return true;
                }
                int start = in.readerIndex();
                boolean inside = connection.isInsideMessage();
                boolean given = one(in);
                took(in, in.readerIndex() - start, inside, nowNanos);
                if (!given) {
                    return true;
                }
            }
            return false;
        } finally {
            lent.end();
            running = false;
        }
    }

    /** What is next in the input is a message's first byte. */
    private void begin(ByteBuf in, long nowNanos) {
        arrival.begin(nowNanos, connection.bytesReceived() - in.readableBytes());
    }

    /** @param wasInside whether the bytes that the decoder took come after the first part of a message */
    private void took(ByteBuf in, int bytes, boolean wasInside, long nowNanos) {
        if (bytes == 0) {
            return;
        }
        if (!connection.isInsideMessage()) {
            begin(in, nowNanos);
        } else if (wasInside) {
            arrival.goOn(bytes, nowNanos);
        }
    }

    /** @return true when there was a message */
    @SuppressWarnings("CatchingUnchecked") // The border between Weir's code and a plugin's.
    private boolean one(ByteBuf in) {
        int start = in.readerIndex();
        connection.enter();
        try {
            connection.codecWorked();
            Object message = ended
                    ? connection.codec().decodeEnd(in)
                    : connection.codec().decode(in);
            if (message == null) {
                return false;
            }
            forbidEndlessDecoding(in.readerIndex() == start);
            connection.metrics().messages.increment();
            handle(message);
        } catch (ProtocolViolation violation) {
            connection.closing().violated(violation);
        } catch (Throwable thrown) {
            connection.threw(thrown);
        } finally {
            connection.leave();
        }
        poison(in, start);
        return true;
    }

    private void handle(Object message) {
        try {
            if (!connection.watch().isPong(message)) {
                connection.asked();
                connection.handler().onMessage(message);
            }
        } finally {
            connection.codec().messageHandled();
        }
    }

    private void forbidEndlessDecoding(boolean tookNothing) {
        emptyMessages = tookNothing ? emptyMessages + 1 : 0;
        if (emptyMessages > MOST_EMPTY_MESSAGES) {
            throw new IllegalStateException(
                    "the codec gave " + emptyMessages + " messages in a row without taking a byte");
        }
    }

    private void poison(ByteBuf in, int start) {
        if (connection.profile().poison()) {
            for (int i = start; i < in.readerIndex(); i += POISON.length) {
                in.setBytes(i, POISON, 0, Math.min(POISON.length, in.readerIndex() - i));
            }
        }
    }

    private void checkBound() {
        if (kept != null
                && kept.readableBytes() > maxUndecoded
                && connection.state() == ConnectionState.OPEN
                && !connection.isReadingPaused()) {
            String detail = kept.readableBytes() + " bytes without a whole message, limit " + maxUndecoded;
            connection.closing().close(CloseReason.of(Cause.PROTOCOL_ERROR, detail));
        }
    }

    int undecodedBytes() {
        return kept == null ? 0 : kept.readableBytes();
    }

    /** Gives the buffers back, at once or when the decoder has left the stack. */
    void dispose() {
        disposed = true;
        if (!running) {
            free();
        }
    }

    private void free() {
        if (kept != null) {
            kept.release();
            kept = null;
        }
    }
}
