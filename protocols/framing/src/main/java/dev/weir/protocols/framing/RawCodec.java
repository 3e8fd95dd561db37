package dev.weir.protocols.framing;

import dev.weir.codec.Codec;
import dev.weir.codec.MessageWindow;
import dev.weir.codec.Output;
import dev.weir.settings.Settings;
import io.netty.buffer.ByteBuf;

/** No framing: whatever has arrived is one message, a view of the input. Where one message ends is the network's whim. */
final class RawCodec implements Codec<ByteBuf, ByteBuf> {
    private final MessageWindow window;

    private RawCodec(MessageWindow window) {
        this.window = window;
    }

    /** Has no settings. */
    static FrameCodecFactory from(Settings settings) {
        return new FrameCodecFactory(0, RawCodec::new);
    }

    @Override
    public ByteBuf decode(ByteBuf in) {
        return in.isReadable() ? window.showNext(in, in.readableBytes()) : null;
    }

    @Override
    public void encode(ByteBuf message, Output out) {
        out.write(message);
    }
}
