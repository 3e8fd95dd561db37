package dev.weir.testkit;

import dev.weir.codec.Codec;
import dev.weir.codec.CodecFactory;
import dev.weir.codec.MessageWindow;
import dev.weir.codec.Output;
import dev.weir.codec.ProtocolViolation;
import dev.weir.connection.Connection;
import io.netty.buffer.ByteBuf;
import java.util.function.Function;

/** An honest codec to break: one byte of length, from 0 to 200, then the message. */
class LengthByteCodec implements Codec<ByteBuf, ByteBuf> {
    static final int MOST = 200;

    protected final MessageWindow window;

    LengthByteCodec(MessageWindow window) {
        this.window = window;
    }

    @Override
    public ByteBuf decode(ByteBuf in) throws ProtocolViolation {
        if (!in.isReadable()) {
            return null;
        }
        int length = in.getUnsignedByte(in.readerIndex());
        if (length > MOST) {
            throw new ProtocolViolation("length " + length + " is over the limit of " + MOST);
        }
        if (in.readableBytes() <= length) {
            return null;
        }
        in.skipBytes(1);
        return window.showNext(in, length);
    }

    @Override
    public void encode(ByteBuf message, Output out) {
        try {
            if (message.readableBytes() > MOST) {
                throw new IllegalArgumentException(
                        "a message of " + message.readableBytes() + " bytes is over " + MOST);
            }
            out.block(1).writeByte(message.readableBytes());
        } catch (RuntimeException | Error e) {
            message.release();
            throw e;
        }
        out.write(message);
    }

    /** A factory that promises to leave no more unread than an incomplete message. */
    static CodecFactory<ByteBuf, ByteBuf> factory(Function<MessageWindow, Codec<ByteBuf, ByteBuf>> codec) {
        return new CodecFactory<>() {
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
                return MOST;
            }

            @Override
            public Codec<ByteBuf, ByteBuf> create(Connection connection, MessageWindow window) {
                return codec.apply(window);
            }
        };
    }
}
