package dev.weir.protocols.basic;

import dev.weir.protocol.Handler;
import dev.weir.protocol.Session;
import io.netty.buffer.ByteBuf;

/** Sends each message back (RFC 862). With a framing codec it is frames that are sent back, with codec raw it is bytes. */
public final class Echo implements BytesProtocol {
    @Override
    public Handler<ByteBuf> open(Session<ByteBuf> session) {
        return session::send;
    }
}
