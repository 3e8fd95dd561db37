package dev.weir.protocols.framing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.weir.testkit.CodecVerifier;
import dev.weir.testkit.PluginParts;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.function.Supplier;

/** What the tests of codecs share: choices as the configuration writes them, and bytes as text. */
final class Framing {
    static final PluginParts PARTS = PluginParts.of(new FramingPlugin());

    private Framing() {}

    /** A verifier for a choice of bytes. */
    static CodecVerifier<ByteBuf, ByteBuf> verify(String choice) {
        return CodecVerifier.ofBytes(PARTS.codec(choice));
    }

    /** A verifier for a choice of text. */
    static CodecVerifier<String, String> verifyText(String choice) {
        return CodecVerifier.of(PARTS.codec(choice, String.class, String.class), line -> line);
    }

    /** Each character is one byte. */
    static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    /** Each character is one byte. */
    static String text(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }

    /** A message that begins somewhere in its buffer and does not end with it. */
    static Supplier<ByteBuf> message(String text) {
        return () -> Unpooled.copiedBuffer("<<" + text + ">", ISO_8859_1).setIndex(2, 2 + text.length());
    }

    static List<Supplier<ByteBuf>> messages(List<String> texts) {
        return texts.stream().map(Framing::message).toList();
    }
}
