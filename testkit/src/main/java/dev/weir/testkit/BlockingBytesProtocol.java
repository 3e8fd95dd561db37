package dev.weir.testkit;

import dev.weir.protocol.BlockingProtocol;
import io.netty.buffer.ByteBuf;

/** {@link BytesProtocol} in the other style. */
interface BlockingBytesProtocol extends BlockingProtocol<ByteBuf, ByteBuf> {
    @Override
    default Class<ByteBuf> inbound() {
        return ByteBuf.class;
    }

    @Override
    default Class<ByteBuf> outbound() {
        return ByteBuf.class;
    }
}
