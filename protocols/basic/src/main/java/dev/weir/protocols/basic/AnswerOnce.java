package dev.weir.protocols.basic;

import dev.weir.protocol.Handler;
import dev.weir.protocol.Session;
import io.netty.buffer.ByteBuf;
import java.util.function.Supplier;

/** Sends one answer when the connection opens, closes, and throws away what comes in. */
final class AnswerOnce implements Handler<ByteBuf> {
    private final Session<ByteBuf> session;
    private final Supplier<ByteBuf> answer;

    AnswerOnce(Session<ByteBuf> session, Supplier<ByteBuf> answer) {
        this.session = session;
        this.answer = answer;
    }

    @Override
    public void onOpened() {
        session.send(answer.get());
        session.close();
    }

    @Override
    public void onMessage(ByteBuf message) {
        // RFC 867 and 868: data received is thrown away.
    }
}
