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
 *
 * <p>One for each loop, which decodes for one connection at a time. What is to be remembered of a connection is its {@link Arrival}.
 */
final class Decoding {
    /** What a lent message is filled with after its call, where tests ask for it: 0xDD, many at a time. */
    private static final byte[] POISON = new byte[1024];

    static {
        Arrays.fill(POISON, (byte) 0xDD);
    }

    /** Messages in a row that take no byte of input: more is a decoder that never ends. */
    private static final int MOST_EMPTY_MESSAGES = 1000;

    private final LentInput lent;
    private final Arrivals spares = new Arrivals();
    /** Whose bytes are decoded at the moment; null while nobody's are. */
    private SocketConnection running;

    private int emptyMessages;

    Decoding(LentInput lent) {
        this.lent = lent;
    }

    /** True while a message is lent on this loop: what is received meanwhile would go into the same memory. */
    boolean isRunning() {
        return running != null;
    }

    /** Decodes what was received just now, after what was kept. Copies what is left over. */
    void take(SocketConnection connection, ByteBuf bytes, long nowNanos) {
        ByteBuf kept = connection.reading().keptBytes();
        if (kept == null) {
            Arrival arrival = connection.reading().arrival();
            if (arrival != null && !connection.isInsideMessage()) {
                arrival.begin(nowNanos, before(connection, bytes));
            }
            run(connection, bytes, nowNanos);
            if (bytes.isReadable() && !connection.state().isClosing()) {
                ByteBuf rest = connection.loop().allocator().directBuffer(bytes.readableBytes());
                arrivalOf(connection, bytes, nowNanos).keep(rest.writeBytes(bytes));
            }
        } else {
            kept.discardSomeReadBytes();
            kept.writeBytes(bytes);
            run(connection, kept, nowNanos);
        }
        settle(connection);
        checkBound(connection);
    }

    /** Goes on decoding after a pause. */
    void proceed(SocketConnection connection) {
        ByteBuf kept = connection.reading().keptBytes();
        if (kept != null) {
            run(connection, kept, connection.nanoTime());
            settle(connection);
            checkBound(connection);
        }
    }

    /**
     * Input has ended: decodes what is left.
     *
     * @return true when nothing is left and the handler may be told of the end
     */
    boolean end(SocketConnection connection) {
        ByteBuf kept = connection.reading().keptBytes();
        // Where nothing is kept, the decoder sees the receive buffer: at the end of input it is empty.
        ByteBuf rest = kept == null ? connection.loop().receiveBuffer().space() : kept;
        boolean told = run(connection, rest, connection.nanoTime());
        settle(connection);
        return told && !connection.state().isClosing() && !connection.isReadingPaused();
    }

    /** @return true when the decoder wants more than there is, false when pause or close cut it off */
    private boolean run(SocketConnection connection, ByteBuf in, long nowNanos) {
        running = connection;
        emptyMessages = 0;
        lent.lend(in, connection.loop().window());
        try {
            while (connection.state() == ConnectionState.OPEN && !connection.isReadingPaused()) {
                if (!in.isReadable() && !connection.reading().isEnded()) {
                    return true;
                }
                int start = in.readerIndex();
                boolean inside = connection.isInsideMessage();
                boolean given = one(connection, in);
                took(connection, in, in.readerIndex() - start, inside, nowNanos);
                if (!given) {
                    return true;
                }
            }
            return false;
        } finally {
            lent.end();
            running = null;
        }
    }

    /** @param wasInside whether the bytes that the decoder took come after the first part of a message */
    private void took(SocketConnection connection, ByteBuf in, int bytes, boolean wasInside, long nowNanos) {
        if (bytes == 0) {
            return;
        }
        Arrival arrival = connection.reading().arrival();
        if (connection.isInsideMessage() && wasInside) {
            arrivalOf(connection, in, nowNanos).goOn(bytes, nowNanos);
        } else if (connection.isInsideMessage()) {
            if (arrival == null) {
                arrivalOf(connection, in, nowNanos).countAnew(nowNanos, before(connection, in) - bytes);
            }
        } else if (arrival != null) {
            arrival.begin(nowNanos, before(connection, in));
        }
    }

    /** The message that is coming in; where there was none, one that begins with what is unread. */
    private Arrival arrivalOf(SocketConnection connection, ByteBuf in, long nowNanos) {
        Arrival arrival = connection.reading().arrival();
        if (arrival == null) {
            arrival = spares.take();
            arrival.begin(nowNanos, before(connection, in));
            if (connection.isReadingPaused()) {
                arrival.pause(connection.nanoTime());
            }
            connection.reading().arrival(arrival);
        }
        return arrival;
    }

    /** Bytes of the connection that came before what is unread. */
    private static long before(SocketConnection connection, ByteBuf in) {
        return connection.bytesReceived() - in.readableBytes();
    }

    /** The decoder has left the stack: lets go what is not needed any more. */
    private void settle(SocketConnection connection) {
        Arrival arrival = connection.reading().arrival();
        if (arrival == null) {
            return;
        }
        boolean keeps = arrival.kept() != null && arrival.kept().isReadable();
        if (connection.state().isClosing() || (!keeps && !connection.isInsideMessage())) {
            connection.reading().arrival(null);
            spares.giveBack(arrival);
        } else if (!keeps) {
            arrival.dropKept();
        }
    }

    /** @return true when there was a message */
    @SuppressWarnings("CatchingUnchecked") // The border between Weir's code and a plugin's.
    private boolean one(SocketConnection connection, ByteBuf in) {
        int start = in.readerIndex();
        connection.enter();
        try {
            connection.codecWorked();
            Object message = connection.reading().isEnded()
                    ? connection.codec().decodeEnd(in)
                    : connection.codec().decode(in);
            if (message == null) {
                return false;
            }
            forbidEndlessDecoding(in.readerIndex() == start);
            connection.metrics().messages.increment();
            handle(connection, message);
        } catch (ProtocolViolation violation) {
            connection.closing().violated(violation);
        } catch (Throwable thrown) {
            connection.threw(thrown);
        } finally {
            connection.leave();
        }
        poison(connection, in, start);
        return true;
    }

    private static void handle(SocketConnection connection, Object message) {
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

    private static void poison(SocketConnection connection, ByteBuf in, int start) {
        if (connection.profile().poison()) {
            for (int i = start; i < in.readerIndex(); i += POISON.length) {
                in.setBytes(i, POISON, 0, Math.min(POISON.length, in.readerIndex() - i));
            }
        }
    }

    private static void checkBound(SocketConnection connection) {
        int undecoded = connection.undecodedBytes();
        if (undecoded > 0
                && undecoded > connection.maxUndecodedBytes()
                && connection.state() == ConnectionState.OPEN
                && !connection.isReadingPaused()) {
            String detail = undecoded + " bytes without a whole message, limit " + connection.maxUndecodedBytes();
            connection.closing().close(CloseReason.of(Cause.PROTOCOL_ERROR, detail));
        }
    }

    /** Gives back what is kept of a connection, at once or when its decoder has left the stack. */
    void dispose(SocketConnection connection) {
        Arrival arrival = connection.reading().arrival();
        if (running != connection && arrival != null) {
            connection.reading().arrival(null);
            spares.giveBack(arrival);
        }
    }
}
