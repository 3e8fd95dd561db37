package dev.weir.testkit;

import dev.weir.codec.CodecFactory;
import dev.weir.protocol.Handler;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The lives of all connections of a server. */
final class Lives {
    private final CodecFactory<ByteBuf, ByteBuf> frames;
    private final List<Life> all = new CopyOnWriteArrayList<>();

    /** @param frames the codec that a connection changes to */
    Lives(CodecFactory<ByteBuf, ByteBuf> frames) {
        this.frames = frames;
    }

    /** A protocol whose connections are watched from their opening to their end. */
    Handlers protocol() {
        return new Handlers(session -> {
            Life life = new Life(session, frames);
            Handler<ByteBuf> first = life.nextHandler();
            all.add(life);
            return first;
        });
    }

    /** In the order of their opening. */
    List<Life> all() {
        return all;
    }
}
