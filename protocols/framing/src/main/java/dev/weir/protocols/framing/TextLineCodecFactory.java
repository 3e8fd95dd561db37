package dev.weir.protocols.framing;

import dev.weir.codec.Codec;
import dev.weir.codec.CodecFactory;
import dev.weir.codec.MessageWindow;
import dev.weir.connection.Connection;
import java.nio.charset.Charset;

/** The configured line codec for text. */
record TextLineCodecFactory(LineSettings settings, Charset charset) implements CodecFactory<String, String> {

    @Override
    public Class<String> inbound() {
        return String.class;
    }

    @Override
    public Class<String> outbound() {
        return String.class;
    }

    @Override
    public int maxUndecodedBytes() {
        return settings.maxUndecodedBytes();
    }

    @Override
    public Codec<String, String> create(Connection connection, MessageWindow window) {
        return new TextLineCodec(settings, charset);
    }
}
