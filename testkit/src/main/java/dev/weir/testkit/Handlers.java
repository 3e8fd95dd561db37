package dev.weir.testkit;

import dev.weir.protocol.Handler;
import dev.weir.protocol.Session;
import io.netty.buffer.ByteBuf;
import java.util.function.Function;

/**
 * A protocol made of a function.
 *
 * @param opens gives each connection its handler
 */
record Handlers(Function<Session<ByteBuf>, Handler<ByteBuf>> opens) implements BytesProtocol {
    /** Sends each message back as it was lent. */
    static final Handlers ECHO = new Handlers(session -> session::send);

    @Override
    public Handler<ByteBuf> open(Session<ByteBuf> session) {
        return opens.apply(session);
    }
}
