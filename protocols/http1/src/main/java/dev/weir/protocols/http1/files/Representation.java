package dev.weir.protocols.http1.files;

import dev.weir.protocols.http1.files.DocumentRoot.Entry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A file as it is sent (RFC 9110, 8).
 *
 * @param file what is sent
 * @param mediaType its type, uncoded
 * @param coding the coding in which it lies there, if any
 * @param varies whether the file is there in several codings
 */
record Representation(Entry file, String mediaType, Optional<ContentCoding> coding, boolean varies) {

    long size() {
        return file.attributes().size();
    }

    /**
     * Strong: of time and size, and different for each coding (RFC 9110, 8.8.3). Who writes a file twice within a tick of the file
     * system's clock, to the same length, defeats it.
     */
    String entityTag() {
        long nanos = file.attributes().lastModifiedTime().to(TimeUnit.NANOSECONDS);
        String suffix = coding.map(each -> "-" + each.token()).orElse("");
        return "\"" + Long.toHexString(nanos) + "-" + Long.toHexString(size()) + suffix + "\"";
    }

    /** When the file was changed, to the second. */
    Instant lastModified() {
        return file.attributes().lastModifiedTime().toInstant().truncatedTo(ChronoUnit.SECONDS);
    }
}
