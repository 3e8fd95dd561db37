package dev.weir.benchmarks;

/** What a server answers. Every candidate speaks all of them. */
enum Wire {
    /** The same bytes back. */
    ECHO,
    /** A line that ends with LF or CRLF in; the line and CRLF out. */
    LINE,
    /** Four bytes with the length of the payload, big-endian, and the payload in; the same frame out. */
    LENGTH,
    /** {@code GET /plaintext} in; the same short text each time out, over HTTP/1.1 with keep-alive and pipelining. */
    HTTP
}
