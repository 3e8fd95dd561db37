package dev.weir.testkit;

import dev.weir.codec.Codec;
import dev.weir.codec.CodecFactory;
import dev.weir.codec.MessageWindow;
import dev.weir.codec.Output;
import dev.weir.codec.ProtocolViolation;
import dev.weir.connection.Connection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Frames with a length of four bytes in front, big-endian. Messages are lent as windows. */
final class Frames implements CodecFactory<ByteBuf, ByteBuf> {
    static final int MAX_FRAME = 1024 * 1024;
    static final byte[] TOO_LONG = {'t', 'o', 'o', ' ', 'l', 'o', 'n', 'g'};

    private static final int HEADER = 4;

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
        return HEADER + MAX_FRAME;
    }

    @Override
    public Codec<ByteBuf, ByteBuf> create(Connection connection, MessageWindow window) {
        return new Codec<>() {
            @Override
            public ByteBuf decode(ByteBuf in) throws ProtocolViolation {
                if (in.readableBytes() < HEADER) {
                    return null;
                }
                int length = in.getInt(in.readerIndex());
                if (length < 0 || length > MAX_FRAME) {
                    throw new ProtocolViolation(
                            "frame of " + Integer.toUnsignedString(length) + " bytes, limit " + MAX_FRAME,
                            Unpooled.copiedBuffer(TOO_LONG));
                }
                if (in.readableBytes() < HEADER + length) {
                    return null;
                }
                in.skipBytes(HEADER);
                return window.showNext(in, length);
            }

            @Override
            public void encode(ByteBuf message, Output out) {
                out.block(HEADER).writeInt(message.readableBytes());
                out.write(message);
            }
        };
    }

    /** The bytes of frames with these contents. */
    static byte[] of(byte[]... contents) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] content : contents) {
            bytes.writeBytes(ByteBuffer.allocate(HEADER).putInt(content.length).array());
            bytes.writeBytes(content);
        }
        return bytes.toByteArray();
    }
}
