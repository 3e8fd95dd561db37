package dev.weir.protocols.http1;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Percent-encoding (RFC 3986, 2.1), over UTF-8. */
public final class Percent {
    private Percent() {}

    /** The text that is encoded; empty when it is no percent-encoded UTF-8. */
    public static Optional<String> decode(String encoded) {
        return decode(encoded, false);
    }

    private static Optional<String> decode(String encoded, boolean plusIsSpace) {
        if (encoded.indexOf('%') < 0 && (!plusIsSpace || encoded.indexOf('+') < 0) && isAscii(encoded)) {
            return Optional.of(encoded);
        }
        byte[] bytes = new byte[encoded.length()];
        int length = 0;
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                int value = i + 2 < encoded.length() ? hex(encoded, i + 1) : -1;
                if (value < 0) {
                    return Optional.empty();
                }
                bytes[length++] = (byte) value;
                i += 2;
            } else if (c > 0xFF) {
                return Optional.empty();
            } else {
                bytes[length++] = (byte) (c == '+' && plusIsSpace ? ' ' : c);
            }
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    private static int hex(String text, int at) {
        int high = Characters.hex((byte) text.charAt(at));
        int low = Characters.hex((byte) text.charAt(at + 1));
        return text.charAt(at) > 0x7F || text.charAt(at + 1) > 0x7F || high < 0 || low < 0 ? -1 : high * 16 + low;
    }

    /** The first value of a name in a query. */
    static Optional<String> queryValue(String query, String name) {
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            if (decode(key, true).filter(name::equals).isPresent()) {
                return equals < 0 ? Optional.of("") : decode(pair.substring(equals + 1), true);
            }
        }
        return Optional.empty();
    }
}
