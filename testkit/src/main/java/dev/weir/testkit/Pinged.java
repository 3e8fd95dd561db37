package dev.weir.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.weir.protocol.Handler;
import dev.weir.protocol.Pings;
import dev.weir.protocol.Session;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Optional;
import java.util.function.Function;

/**
 * A protocol made of a function, which can ask its peer whether it is there.
 *
 * @param opens gives each connection its handler
 */
record Pinged(Function<Session<ByteBuf>, Handler<ByteBuf>> opens) implements BytesProtocol {
    private static final byte[] PING = "are you there?".getBytes(US_ASCII);
    private static final byte[] PONG = "I am".getBytes(US_ASCII);

    /** Asks with one message, and takes another for an answer. */
    static final Pings<ByteBuf, ByteBuf> PINGS = new Pings<>() {
        @Override
        public ByteBuf ping() {
            return Unpooled.copiedBuffer(PING);
        }

        @Override
        public boolean isPong(ByteBuf message) {
            return message.equals(Unpooled.wrappedBuffer(PONG));
        }
    };

    /** Sends each message back as it was lent. */
    static final Pinged ECHO = new Pinged(session -> session::send);

    /** A ping as the peer gets it. */
    static byte[] ping() {
        return Frames.of(PING);
    }

    /** An answer as the peer sends it. */
    static byte[] pong() {
        return Frames.of(PONG);
    }

    @Override
    public Handler<ByteBuf> open(Session<ByteBuf> session) {
        return opens.apply(session);
    }

    @Override
    public Optional<Pings<ByteBuf, ByteBuf>> pings() {
        return Optional.of(PINGS);
    }
}
