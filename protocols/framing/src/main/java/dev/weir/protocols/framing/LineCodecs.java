package dev.weir.protocols.framing;

import dev.weir.codec.CodecFactory;
import dev.weir.settings.Settings;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Makes the line codec that the settings ask for: of bytes or of text. */
final class LineCodecs {
    private static final ByteBuffer ENDING = ByteBuffer.wrap(new byte[] {'\r', '\n'});

    private LineCodecs() {}

    static CodecFactory<?, ?> from(Settings settings) {
        LineSettings lines = LineSettings.from(settings);
        Charset charset = charset(settings);
        return settings.onOff("text")
                ? new TextLineCodecFactory(lines, charset)
                : new FrameCodecFactory(lines.maxUndecodedBytes(), window -> new ByteLineCodec(lines, window));
    }

    /** Lines are found by the byte of the line feed, so it must be one byte that stands for nothing else (UTF-16 has two). */
    private static Charset charset(Settings settings) {
        Charset charset = settings.charset("charset");
        if (charset.canEncode() && charset.encode("\r\n").equals(ENDING)) {
            return charset;
        }
        settings.fault(
                "charset",
                "is " + charset + ", whose line ending is not the bytes 13 and 10.",
                "Write a character set that contains ASCII, such as UTF-8.");
        return StandardCharsets.UTF_8;
    }
}
