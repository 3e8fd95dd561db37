package dev.weir.protocols.framing;

import dev.weir.codec.Codec;
import dev.weir.codec.MessageWindow;
import dev.weir.codec.Output;
import dev.weir.settings.Settings;
import io.netty.buffer.ByteBuf;

/** Frames that are all of one size. A message is a view of the input. */
final class FixedCodec implements Codec<ByteBuf, ByteBuf> {
    private final int size;
    private final MessageWindow window;

    private FixedCodec(int size, MessageWindow window) {
        this.size = size;
        this.window = window;
    }

    static FrameCodecFactory from(Settings settings) {
        int size = settings.size("size", Limits.LEAST_FRAME, Limits.MOST_FRAME).toInt();
        return new FrameCodecFactory(size - 1, window -> new FixedCodec(size, window));
    }

    @Override
    public ByteBuf decode(ByteBuf in) {
        return in.readableBytes() >= size ? window.showNext(in, size) : null;
    }

    @Override
    public void encode(ByteBuf message, Output out) {
        int length = message.readableBytes();
        if (length != size) {
            message.release();
            throw new IllegalArgumentException("a message of " + length + " bytes, where every frame has " + size);
        }
        out.write(message);
    }
}
