package dev.weir.protocols.http1;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Comparing and reading places of a buffer that hold a text of one byte a character. */
final class Places {
    static final String[] NO_PARAMETERS = {};

    private Places() {}

    static String text(ByteBuf in, int start, int end) {
        return in.toString(start, end - start, StandardCharsets.ISO_8859_1);
    }

    static boolean equal(ByteBuf in, int start, int end, String text) {
        if (end - start != text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if ((in.getByte(start + i) & 0xFF) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** In whatever case, of letters of ASCII. */
    static boolean equalIgnoringCase(ByteBuf in, int start, int end, String text) {
        if (end - start != text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (Characters.lower(in.getByte(start + i) & 0xFF) != Characters.lower(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
