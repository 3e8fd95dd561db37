package dev.weir.protocols.basic;

import dev.weir.protocol.Handler;
import dev.weir.protocol.Session;
import io.netty.buffer.ByteBuf;

/** Reads and throws away; sends nothing (RFC 863). */
public final class Discard implements BytesProtocol {
    @Override
    public Handler<ByteBuf> open(Session<ByteBuf> session) {
        return message -> {
            // Lent: there is nothing to give back.
        };
    }
}
