package dev.weir.protocols.framing;

import dev.weir.codec.Codec;
import dev.weir.codec.Output;
import dev.weir.codec.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;

/** Lines as text. Each message costs the allocation of its String. */
final class TextLineCodec implements Codec<String, String> {
    private final LineReader reader;
    private final LineWriter writer;
    private final boolean keepsEnding;
    /** New coders report what they cannot map. */
    private final CharsetDecoder decoder;

    private final CharsetEncoder encoder;

    TextLineCodec(LineSettings settings, Charset charset) {
        this.reader = new LineReader(settings);
        this.writer = new LineWriter(settings);
        this.keepsEnding = settings.keepsEnding();
        this.decoder = charset.newDecoder();
        this.encoder = charset.newEncoder();
    }

    @Override
    public String decode(ByteBuf in) throws ProtocolViolation {
        return take(in, reader.next(in));
    }

    @Override
    public String decodeEnd(ByteBuf in) throws ProtocolViolation {
        return take(in, reader.last(in));
    }

    private String take(ByteBuf in, int length) throws ProtocolViolation {
        if (length == LineReader.NONE) {
            return null;
        }
        int ending = reader.endingLength();
        String line = text(in.nioBuffer(in.readerIndex(), keepsEnding ? length + ending : length));
        in.skipBytes(length + ending);
        return line;
    }

    private String text(ByteBuffer bytes) throws ProtocolViolation {
        try {
            return decoder.decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new ProtocolViolation("line is not valid " + decoder.charset() + " at byte " + bytes.position());
        }
    }

    @Override
    public void encode(String line, Output out) {
        CharBuffer chars = CharBuffer.wrap(line);
        ByteBuffer bytes;
        try {
            bytes = encoder.encode(chars);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(
                    "a line with a character that " + encoder.charset() + " cannot say, at index " + chars.position(),
                    e);
        }
        writer.write(Unpooled.wrappedBuffer(bytes), out);
    }
}
