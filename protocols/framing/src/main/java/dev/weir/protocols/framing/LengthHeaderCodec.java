package dev.weir.protocols.framing;

import dev.weir.codec.Codec;
import dev.weir.codec.MessageWindow;
import dev.weir.codec.Output;
import dev.weir.codec.ProtocolViolation;
import dev.weir.settings.Settings;
import io.netty.buffer.ByteBuf;

/** Frames that begin with their length. A message is a view of the input. */
final class LengthHeaderCodec implements Codec<ByteBuf, ByteBuf> {
    private static final int INCOMPLETE = -1;

    private final LengthHeaderSettings settings;
    private final LengthField field;
    private final MessageWindow window;
    /** The header's length of the frame that {@link #frameLength} looked at last. */
    private int header;

    private LengthHeaderCodec(LengthHeaderSettings settings, MessageWindow window) {
        this.settings = settings;
        this.field = settings.field();
        this.window = window;
    }

    static FrameCodecFactory from(Settings settings) {
        LengthHeaderSettings frames = LengthHeaderSettings.from(settings);
        return new FrameCodecFactory(frames.maxFrame(), window -> new LengthHeaderCodec(frames, window));
    }

    @Override
    public ByteBuf decode(ByteBuf in) throws ProtocolViolation {
        long frame = frameLength(in, settings.maxFrame());
        if (frame == INCOMPLETE || in.readableBytes() < frame) {
            return null;
        }
        int skipped = settings.stripsHeader() ? header : 0;
        ByteBuf message = window.show(in, in.readerIndex() + skipped, (int) frame - skipped);
        in.skipBytes((int) frame);
        return message;
    }

    /**
     * What the header at the reader index says of the whole frame's length, at most {@code most}; or {@link #INCOMPLETE}. Looks at
     * the header alone, so that it costs little to ask again when more has come.
     */
    private long frameLength(ByteBuf in, long most) throws ProtocolViolation {
        int at = in.readerIndex() + settings.offset();
        int width = field.width(in, at, in.readableBytes() - settings.offset());
        if (width == LengthField.MALFORMED) {
            throw new ProtocolViolation("length field longer than 5 bytes (length-bytes = varint)");
        }
        if (width == 0) {
            return INCOMPLETE;
        }
        header = settings.offset() + width;
        long said = field.read(in, at, width);
        int uncounted = settings.includesHeader() ? 0 : header;
        long limit = most - uncounted;
        if (Long.compareUnsigned(said, limit) > 0) {
            throw new ProtocolViolation("frame whose length field says " + Long.toUnsignedString(said)
                    + " bytes, limit " + limit + " (max-frame = " + most + "B)");
        }
        if (said + uncounted < header) {
            throw new ProtocolViolation("frame whose length field says " + said + " bytes, but its header alone has "
                    + header + " (includes-header = on)");
        }
        return said + uncounted;
    }

    @Override
    public void encode(ByteBuf message, Output out) {
        try {
            if (settings.stripsHeader()) {
                writeHeader(message.readableBytes(), out);
            } else {
                checkHeader(message);
            }
        } catch (RuntimeException | Error e) {
            message.release();
            throw e;
        }
        out.write(message);
    }

    private void writeHeader(int payload, Output out) {
        int width = 1;
        long length = countedLength(payload, width);
        // A varint that counts itself: its width depends on the length, which depends on its width.
        while (field.widthFor(length) > width) {
            width++;
            length = countedLength(payload, width);
        }
        if (length > field.max()) {
            throw new IllegalArgumentException("a payload of " + payload + " bytes makes a length of " + length
                    + ", but the length field says at most " + field.max());
        }
        ByteBuf block = out.block(settings.offset() + width);
        block.writeZero(settings.offset());
        field.write(block, length, width);
    }

    private long countedLength(int payload, int width) {
        return settings.includesHeader() ? (long) settings.offset() + width + payload : payload;
    }

    /** A message that comes with its header is sent as it is, so the header must say the truth. */
    private void checkHeader(ByteBuf message) {
        long said;
        try {
            said = frameLength(message, Long.MAX_VALUE);
        } catch (ProtocolViolation e) {
            throw new IllegalArgumentException("a message with a wrong header: " + e.getMessage(), e);
        }
        if (said != message.readableBytes()) {
            throw new IllegalArgumentException("a message of " + message.readableBytes() + " bytes whose header "
                    + (said == INCOMPLETE ? "is not complete" : "says " + said)
                    + "; with strip-header = off a message brings its own header");
        }
    }
}
