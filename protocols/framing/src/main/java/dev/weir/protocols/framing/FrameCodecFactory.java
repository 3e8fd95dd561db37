package dev.weir.protocols.framing;

import dev.weir.codec.Codec;
import dev.weir.codec.CodecFactory;
import dev.weir.codec.MessageWindow;
import dev.weir.connection.Connection;
import io.netty.buffer.ByteBuf;
import java.util.function.Function;

/**
 * A configured codec whose messages are bytes, both ways.
 *
 * @param maxUndecodedBytes the most bytes that its decoder leaves unread
 * @param codecs makes a codec for one connection
 */
record FrameCodecFactory(int maxUndecodedBytes, Function<MessageWindow, Codec<ByteBuf, ByteBuf>> codecs)
        implements CodecFactory<ByteBuf, ByteBuf> {

    @Override
    public Class<ByteBuf> inbound() {
        return ByteBuf.class;
    }

    @Override
    public Class<ByteBuf> outbound() {
        return ByteBuf.class;
    }

    @Override
    public Codec<ByteBuf, ByteBuf> create(Connection connection, MessageWindow window) {
        return codecs.apply(window);
    }
}
