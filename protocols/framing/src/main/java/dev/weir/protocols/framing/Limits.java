package dev.weir.protocols.framing;

import dev.weir.settings.ByteSize;

/** The range of a limit on frames that a configuration may set. */
final class Limits {
    static final ByteSize LEAST_FRAME = ByteSize.of(1);

    /** Indexes into a buffer are ints; this leaves room for headers and delimiters around the largest frame. */
    static final ByteSize MOST_FRAME = ByteSize.ofMiB(1024);

    private Limits() {}
}
