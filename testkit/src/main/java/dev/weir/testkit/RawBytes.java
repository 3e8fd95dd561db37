package dev.weir.testkit;

import dev.weir.codec.Codec;
import dev.weir.codec.CodecFactory;
import dev.weir.codec.MessageWindow;
import dev.weir.codec.Output;
import dev.weir.connection.Connection;
import io.netty.buffer.ByteBuf;

/** Every byte as it comes: what was received together is one message, lent as a window. */
public final class RawBytes implements CodecFactory<ByteBuf, ByteBuf> {
    /** The codec; one for any number of servers. */
    public RawBytes() {}

    @Override
    public Class<ByteBuf> inbound() {
        return ByteBuf.class;
    }

    @Override
    public Class<ByteBuf> outbound() {
        return ByteBuf.class;
    }

    @Override
    public int maxUndecodedBytes() {
        return 1;
    }

    @Override
    public Codec<ByteBuf, ByteBuf> create(Connection connection, MessageWindow window) {
        return new Codec<>() {
            @Override
            public ByteBuf decode(ByteBuf in) {
                return in.isReadable() ? window.showNext(in, in.readableBytes()) : null;
            }

            @Override
            public void encode(ByteBuf message, Output out) {
                out.write(message);
            }
        };
    }
}
