package dev.weir.protocols.http1;

/** Which bytes may stand where (RFC 9110, 5.6.2 and 5.5; RFC 9112, 3.2; RFC 3986, 2). */
final class Characters {
    private static final byte TOKEN = 1;
    private static final byte FIELD = 2;
    private static final byte TARGET = 4;
    private static final byte HOST = 8;
    private static final byte[] CLASSES = new byte[256];
    private static final byte[] HEX = new byte[256];

    static {
        for (int c = 0; c < 256; c++) {
            boolean visible = c > ' ' && c < 0x7F;
            boolean letterOrDigit = c < 0x80 && Character.isLetterOrDigit(c);
            if (letterOrDigit || isOneOf(c, "!#$%&'*+-.^_`|~")) {
                CLASSES[c] |= TOKEN;
            }
            if (visible || c == ' ' || c == '\t' || c >= 0x80) {
                CLASSES[c] |= FIELD;
            }
            // Wider than RFC 3986, as clients are; the fragment's sign is never sent (RFC 9110, 4.2.5).
            if (visible && c != '#') {
                CLASSES[c] |= TARGET;
            }
            if (letterOrDigit || isOneOf(c, "-._~%!$&'()*+,;=:[]")) {
                CLASSES[c] |= HOST;
            }
            HEX[c] = (byte) (c < 0x80 ? Character.digit(c, 16) : -1);
        }
    }

    private Characters() {}

    private static boolean isOneOf(int c, String some) {
        return some.indexOf(c) >= 0;
    }

    static boolean isToken(byte c) {
        return (CLASSES[c & 0xFF] & TOKEN) != 0;
    }

    static boolean isToken(char c) {
        return c < 0x80 && isToken((byte) c);
    }

    static boolean isField(byte c) {
        return (CLASSES[c & 0xFF] & FIELD) != 0;
    }

    static boolean isTarget(byte c) {
        return (CLASSES[c & 0xFF] & TARGET) != 0;
    }

    static boolean isHost(byte c) {
        return (CLASSES[c & 0xFF] & HOST) != 0;
    }

    /** The value of a hexadecimal digit; -1 for anything else. */
    static int hex(byte c) {
        return HEX[c & 0xFF];
    }

    static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }

    /** The letter in lower case; anything else as it is. */
    static int lower(int c) {
        return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
    }
}
