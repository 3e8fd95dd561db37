package dev.weir.protocols.basic;

import dev.weir.protocol.Protocol;
import io.netty.buffer.ByteBuf;

/** What the protocols here have in common: bytes in, bytes out. */
interface BytesProtocol extends Protocol<ByteBuf, ByteBuf> {
    @Override
    default Class<ByteBuf> inbound() {
        return ByteBuf.class;
    }

    @Override
    default Class<ByteBuf> outbound() {
        return ByteBuf.class;
    }
}
