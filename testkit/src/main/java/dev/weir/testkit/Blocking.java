package dev.weir.testkit;

import dev.weir.protocol.BlockingSession;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * A blocking protocol made of a piece of code.
 *
 * @param code serves each connection
 */
record Blocking(Code code) implements BlockingBytesProtocol {
    /** Sends each message back until the peer ends. */
    static final Blocking ECHO = new Blocking(Blocking::echo);

    /** Serves one connection. */
    @FunctionalInterface
    interface Code {
        void serve(BlockingSession<ByteBuf, ByteBuf> session) throws Exception;
    }

    @Override
    public void serve(BlockingSession<ByteBuf, ByteBuf> session) throws Exception {
        code.serve(session);
    }

    static void echo(BlockingSession<ByteBuf, ByteBuf> session) throws Exception {
        for (Optional<ByteBuf> next = session.read(); next.isPresent(); next = session.read()) {
            session.write(next.get());
        }
    }
}
