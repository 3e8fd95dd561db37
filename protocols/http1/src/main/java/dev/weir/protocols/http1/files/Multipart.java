package dev.weir.protocols.http1.files;

import dev.weir.transport.FileRegion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A body of several parts of a file (RFC 9110, 14.6; RFC 2046, 5.1). */
final class Multipart {
    private final String boundary;
    private final List<Object> pieces = new ArrayList<>();

    private Multipart(String boundary) {
        this.boundary = boundary;
    }

    /** Begins one, with a boundary that nobody can have put into the file. */
    static Multipart create() {
        return new Multipart(UUID.randomUUID().toString());
    }

    /** The type of the whole. */
    String mediaType() {
        return "multipart/byteranges; boundary=" + boundary;
    }

    /** Adds a part. */
    void add(String mediaType, String contentRange, FileRegion bytes) {
        String before = pieces.isEmpty() ? "--" : "\r\n--";
        pieces.add(text(before + boundary + "\r\nContent-Type: " + mediaType + "\r\nContent-Range: " + contentRange
                + "\r\n\r\n"));
        pieces.add(bytes);
    }

    /** All of it. */
    List<Object> end() {
        pieces.add(text("\r\n--" + boundary + "--\r\n"));
        return pieces;
    }

    private static ByteBuf text(String text) {
        return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.US_ASCII));
    }
}
