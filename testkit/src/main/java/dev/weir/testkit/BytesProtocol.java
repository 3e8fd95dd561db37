package dev.weir.testkit;

import dev.weir.protocol.Protocol;
import io.netty.buffer.ByteBuf;

/** A protocol for tests whose messages are bytes, both ways. */
@FunctionalInterface
public interface BytesProtocol extends Protocol<ByteBuf, ByteBuf> {
    @Override
    default Class<ByteBuf> inbound() {
        return ByteBuf.class;
    }

    @Override
    default Class<ByteBuf> outbound() {
        return ByteBuf.class;
    }
}
