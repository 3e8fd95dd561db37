package dev.weir.protocols.http1.files;

import java.util.Arrays;
import java.util.Optional;

/** The codings in which a file may lie ready beside itself (RFC 9110, 8.4.1; RFC 7932; RFC 8878). */
enum ContentCoding {
    BR("br", ".br"),
    ZSTD("zstd", ".zst"),
    GZIP("gzip", ".gz");

    private final String token;
    private final String suffix;

    ContentCoding(String token, String suffix) {
        this.token = token;
        this.suffix = suffix;
    }

    /** Its name in HTTP. */
    String token() {
        return token;
    }

    /** How the names of such files end. */
    String suffix() {
        return suffix;
    }

    /** The coding of that name. */
    static Optional<ContentCoding> of(String token) {
        return Arrays.stream(values())
                .filter(coding -> coding.token.equals(token))
                .findFirst();
    }
}
