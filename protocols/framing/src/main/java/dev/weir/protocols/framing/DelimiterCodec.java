package dev.weir.protocols.framing;

import dev.weir.codec.Codec;
import dev.weir.codec.MessageWindow;
import dev.weir.codec.Output;
import dev.weir.codec.ProtocolViolation;
import dev.weir.settings.Settings;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Messages that end with a sequence of bytes. A message is a view of the input. */
final class DelimiterCodec implements Codec<ByteBuf, ByteBuf> {
    private static final int MOST_DELIMITER = 256;

    private final Delimiter delimiter;
    private final boolean keeps;
    private final int maxLength;
    private final MessageWindow window;
    private final DelimiterSearch inbound;
    private final DelimiterSearch outbound;

    private DelimiterCodec(Delimiter delimiter, boolean keeps, int maxLength, MessageWindow window) {
        this.delimiter = delimiter;
        this.keeps = keeps;
        this.maxLength = maxLength;
        this.window = window;
        this.inbound = new DelimiterSearch(delimiter);
        this.outbound = new DelimiterSearch(delimiter);
    }

    static FrameCodecFactory from(Settings settings) {
        Delimiter delimiter = new Delimiter(bytes(settings));
        boolean keeps = settings.onOff("keep-delimiter");
        int maxLength = settings.size("max-length", Limits.LEAST_FRAME, Limits.MOST_FRAME)
                .toInt();
        return new FrameCodecFactory(
                maxLength + delimiter.length() - 1, window -> new DelimiterCodec(delimiter, keeps, maxLength, window));
    }

    /** Each character is one byte, so that a text can say any bytes. */
    private static byte[] bytes(Settings settings) {
        String text = settings.string("delimiter");
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        if (!settings.has("delimiter") || settings.isNull("delimiter")) {
            // The fault is noted already.
            return new byte[1];
        }
        if (bytes.length < 1 || bytes.length > MOST_DELIMITER) {
            settings.fault(
                    "delimiter",
                    "has " + bytes.length + " bytes.",
                    "Write a text of 1 to " + MOST_DELIMITER + " characters, such as \"\\u0000\".");
            return new byte[1];
        }
        if (text.chars().anyMatch(c -> c > 0xFF)) {
            settings.fault(
                    "delimiter",
                    "has a character above \\u00ff.",
                    "Each character stands for one byte: write the bytes of that character, such as \"\\u00c3\\u00a4\".");
        }
        return bytes;
    }

    @Override
    public ByteBuf decode(ByteBuf in) throws ProtocolViolation {
        int most = Math.min(in.readableBytes(), maxLength + delimiter.length());
        int whole = inbound.next(in, in.readerIndex(), most);
        if (whole == DelimiterSearch.NONE) {
            if (most == maxLength + delimiter.length()) {
                throw new ProtocolViolation(
                        "message of " + (maxLength + 1L) + " bytes or more, limit " + maxLength + " (max-length)");
            }
            return null;
        }
        inbound.restart();
        ByteBuf message = window.show(in, in.readerIndex(), keeps ? whole : whole - delimiter.length());
        in.skipBytes(whole);
        return message;
    }

    @Override
    public void encode(ByteBuf message, Output out) {
        boolean ended;
        try {
            ended = endsItself(message);
        } catch (IllegalArgumentException e) {
            message.release();
            throw e;
        }
        out.write(message);
        if (!ended) {
            delimiter.writeTo(out.block(delimiter.length()));
        }
    }

    /** True when the message brings its delimiter. Refuses one that would be cut elsewhere than at its end. */
    private boolean endsItself(ByteBuf message) {
        int length = message.readableBytes();
        outbound.restart();
        int whole = outbound.next(message, message.readerIndex(), length);
        if (whole == DelimiterSearch.NONE) {
            if (delimiter.endsEarlyAfter(outbound.matched())) {
                throw new IllegalArgumentException("a message of " + length
                        + " bytes whose end makes an early delimiter together with the one behind it");
            }
            return false;
        }
        if (keeps && whole == length) {
            return true;
        }
        throw new IllegalArgumentException(
                "a message of " + length + " bytes with a delimiter inside, at byte " + (whole - delimiter.length()));
    }
}
