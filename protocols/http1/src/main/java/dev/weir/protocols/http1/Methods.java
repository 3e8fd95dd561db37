package dev.weir.protocols.http1;

/** The usual methods, so that their names need not be made anew. */
final class Methods {
    private static final String[] USUAL = {
        "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "CONNECT", "TRACE"
    };

    private Methods() {}

    /** The method in the first bytes, so many. */
    static String text(byte[] in, int length) {
        for (String usual : USUAL) {
            if (Places.equal(in, 0, length, usual)) {
                return usual;
            }
        }
        return Places.text(in, 0, length);
    }
}
