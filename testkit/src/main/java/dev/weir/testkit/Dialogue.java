package dev.weir.testkit;

import dev.weir.codec.Codec;
import dev.weir.codec.CodecFactory;
import dev.weir.codec.MessageWindow;
import dev.weir.codec.Output;
import dev.weir.connection.Connection;
import dev.weir.fault.CloseReason;
import dev.weir.transport.Endpoint;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Requests of one byte, or of a head and a body in parts, and replies of any bytes. A request waits for the reply to the one before. A
 * reply that begins with {@link #INTERIM} is none yet, and after one that begins with {@link #LAST} the conversation is over.
 */
final class Dialogue implements CodecFactory<ByteBuf, ByteBuf> {
    static final byte REQUEST = 'q';
    static final byte INTERIM = '+';
    static final byte LAST = '!';

    private static final byte HEAD = 'h';
    private static final int HEAD_BYTES = 5;

    /** What a codec does wrong. */
    enum Fault {
        NONE,
        NEXT_THROWS,
        NEXT_SAYS_NOTHING,
        OWES_THROWS,
        INSIDE_THROWS,
        HANDLED_THROWS
    }

    private final Fault fault;
    private final boolean hasGoodbye;
    private final Queue<Endpoint> peers = new ConcurrentLinkedQueue<>();

    Dialogue(Fault fault, boolean hasGoodbye) {
        this.fault = fault;
        this.hasGoodbye = hasGoodbye;
    }

    /** The addresses of the peers, as each codec saw its own when it was made. */
    Queue<Endpoint> peers() {
        return peers;
    }

    /** So many requests. */
    static byte[] requests(int count) {
        return "q".repeat(count).getBytes(StandardCharsets.US_ASCII);
    }

    /** The head of a request with a body of so many bytes. */
    static byte[] head(int bodyBytes) {
        return ByteBuffer.allocate(HEAD_BYTES).put(HEAD).putInt(bodyBytes).array();
    }

    /** What it says to who is sent away for this cause. */
    static String goodbye(CloseReason.Cause cause) {
        return "bye " + cause;
    }

    @Override
    public Class<ByteBuf> inbound() {
        return ByteBuf.class;
    }

    @Override
    public Class<ByteBuf> outbound() {
        return ByteBuf.class;
    }

    @Override
    public int maxUndecodedBytes() {
        return HEAD_BYTES - 1;
    }

    @Override
    public boolean hasGoodbye() {
        return hasGoodbye;
    }

    @Override
    public boolean answersRequests() {
        return true;
    }

    @Override
    public Codec<ByteBuf, ByteBuf> create(Connection connection, MessageWindow window) {
        peers.add(connection.remoteAddress());
        return new Speaker(window);
    }

    private final class Speaker implements Codec<ByteBuf, ByteBuf> {
        private final MessageWindow window;
        private int owed;
        private int bodyLeft;
        private boolean over;

        Speaker(MessageWindow window) {
            this.window = window;
        }

        @Override
        public ByteBuf decode(ByteBuf in) {
            if (!in.isReadable()) {
                return null;
            }
            if (bodyLeft > 0) {
                int part = Math.min(bodyLeft, in.readableBytes());
                bodyLeft -= part;
                return window.showNext(in, part);
            }
            if (in.getByte(in.readerIndex()) == REQUEST) {
                owed++;
                return window.showNext(in, 1);
            }
            if (in.readableBytes() < HEAD_BYTES) {
                return null;
            }
            owed++;
            bodyLeft = in.getInt(in.readerIndex() + 1);
            return window.showNext(in, HEAD_BYTES);
        }

        @Override
        public void encode(ByteBuf message, Output out) {
            byte first = message.getByte(message.readerIndex());
            owed -= first == INTERIM ? 0 : 1;
            over |= first == LAST;
            out.write(message);
        }

        @Override
        public Next next() {
            throwIf(Fault.NEXT_THROWS);
            if (fault == Fault.NEXT_SAYS_NOTHING) {
                return null;
            }
            return over ? Next.CLOSE : owed > 0 && bodyLeft == 0 ? Next.WAIT : Next.READ;
        }

        @Override
        public void messageHandled() {
            throwIf(Fault.HANDLED_THROWS);
        }

        @Override
        public boolean isInside() {
            throwIf(Fault.INSIDE_THROWS);
            return bodyLeft > 0;
        }

        @Override
        public boolean owes() {
            throwIf(Fault.OWES_THROWS);
            return owed > 0;
        }

        @Override
        public Optional<ByteBuf> goodbye(CloseReason reason) {
            return hasGoodbye
                    ? Optional.of(Unpooled.copiedBuffer(Dialogue.goodbye(reason.cause()), StandardCharsets.US_ASCII))
                    : Optional.empty();
        }

        private void throwIf(Fault wanted) {
            if (fault == wanted) {
                throw new IllegalStateException("thrown by a test");
            }
        }
    }
}
