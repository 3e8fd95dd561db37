package dev.weir.testkit;

import dev.weir.protocol.Coalescing;
import dev.weir.protocol.Goodbye;
import dev.weir.protocol.Handler;
import dev.weir.protocol.Session;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
import java.util.function.Function;

/**
 * A protocol made of functions that also has words for policies.
 *
 * @param opens gives each connection its handler
 * @param goodbye its last word
 * @param coalescing which of its messages replace older ones
 */
record Outspoken(
        Function<Session<ByteBuf>, Handler<ByteBuf>> opens,
        Optional<Goodbye<ByteBuf>> goodbye,
        Optional<Coalescing<ByteBuf>> coalescing)
        implements BytesProtocol {

    @Override
    public Handler<ByteBuf> open(Session<ByteBuf> session) {
        return opens.apply(session);
    }
}
