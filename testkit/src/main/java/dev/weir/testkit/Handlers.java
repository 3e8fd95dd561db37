package dev.weir.testkit;

import dev.weir.protocol.Handler;
import dev.weir.protocol.Protocol;
import dev.weir.protocol.Session;
import io.netty.buffer.ByteBuf;
import java.util.function.Function;

/**
 * A protocol made of a function.
 *
 * @param opens gives each connection its handler
 */
record Handlers(Function<Session<ByteBuf>, Handler<ByteBuf>> opens) implements Protocol<ByteBuf, ByteBuf> {
    /** Sends each message back as it was lent. */
    static final Handlers ECHO = new Handlers(session -> session::send);

    @Override
    public Class<ByteBuf> inbound() {
        return ByteBuf.class;
    }

    @Override
    public Class<ByteBuf> outbound() {
        return ByteBuf.class;
    }

    @Override
    public Handler<ByteBuf> open(Session<ByteBuf> session) {
        return opens.apply(session);
    }
}
