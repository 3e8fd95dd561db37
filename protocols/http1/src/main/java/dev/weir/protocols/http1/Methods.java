package dev.weir.protocols.http1;

import io.netty.buffer.ByteBuf;

/** The usual methods, so that their names need not be made anew. */
final class Methods {
    private static final String[] USUAL = {
        "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "CONNECT", "TRACE"
    };

    private Methods() {}

    static String text(ByteBuf in, int start, int length) {
        for (String usual : USUAL) {
            if (Places.equal(in, start, start + length, usual)) {
                return usual;
            }
        }
        return Places.text(in, start, start + length);
    }
}
