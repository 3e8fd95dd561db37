package dev.weir.protocols.http1;

import dev.weir.codec.Output;
import dev.weir.transport.FileRegion;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes responses as bytes (RFC 9112, 4 and 7.1). One per loop; keeps nothing but the date. */
final class ResponseWriter {
    private static final byte[] CONTENT_LENGTH = ascii("Content-Length: ");
    private static final byte[] CHUNKED = ascii("Transfer-Encoding: chunked\r\n");
    private static final byte[] CLOSE = ascii("Connection: close\r\n");
    private static final byte[] KEEP_ALIVE = ascii("Connection: keep-alive\r\n");
    private static final byte[] LAST_CHUNK = ascii("0\r\n\r\n");
    private static final byte[] DIGITS = ascii("0123456789abcdef");

    /** Room for what is added to status line, date and fields: the three lines above, a number, and line ends. */
    private static final int ROOM_FOR_FRAMING = 160;

    /** Bodies up to this size go into the block of the head. */
    private static final int SMALL_BODY = 2048;

    private static final int LONGEST_CHUNK_HEAD = 18;

    private final HttpDate date;

    ResponseWriter(HttpDate date) {
        this.date = date;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** How a response's end is found. */
    enum Framing {
        /** There is no body, and nothing that says so: 1xx, 204, a 2xx to CONNECT. */
        NONE,
        LENGTH,
        CHUNKED,
        /** The connection's end. */
        END
    }

    /** Looks at the time, see {@link HttpDate#look}. */
    void look(long stampNanos) {
        date.look(stampNanos);
    }

    /** All of a prepared response, as it goes to most: with its length, and on a connection that is kept as HTTP/1.1 does. */
    void prepared(PreparedResponse response, boolean withBody, Output out) {
        byte[] head = response.head();
        byte[] dated = date.lastField();
        byte[] body = response.body();
        boolean isSmall = withBody && body.length <= SMALL_BODY;
        ByteBuf block = out.block(head.length + dated.length + (isSmall ? body.length : 0));
        block.writeBytes(head);
        block.writeBytes(dated);
        if (isSmall) {
            block.writeBytes(body);
        } else if (withBody) {
            write(body, out);
        }
    }

    /** A status line with fields alone, before the response. */
    void interim(HttpResponse response, Output out) {
        ByteBuf block = begin(response, out, 0);
        endLine(block);
    }

    /**
     * A head and, where there is one, a whole body.
     *
     * @param length what Content-Length says, under {@link Framing#LENGTH}
     * @param withBody whether the body goes with it
     * @param closes whether the connection ends after it
     * @param saysKeepAlive whether an HTTP/1.0 client is told that it does not
     */
    void head(
            HttpResponse response,
            Framing framing,
            long length,
            boolean withBody,
            boolean closes,
            boolean saysKeepAlive,
            Output out) {
        byte[] small =
                withBody && response.content() instanceof byte[] bytes && bytes.length <= SMALL_BODY ? bytes : null;
        ByteBuf block = begin(response, out, small == null ? 0 : small.length);
        if (response.status() != 101) {
            block.writeBytes(date.field());
        }
        if (framing == Framing.LENGTH) {
            block.writeBytes(CONTENT_LENGTH);
            number(block, length);
            endLine(block);
        } else if (framing == Framing.CHUNKED) {
            block.writeBytes(CHUNKED);
        }
        if (closes) {
            block.writeBytes(CLOSE);
        } else if (saysKeepAlive) {
            block.writeBytes(KEEP_ALIVE);
        }
        endLine(block);
        if (small != null) {
            block.writeBytes(small);
        } else if (withBody) {
            write(response.takeContent(), out);
        }
    }

    /** The bytes of a piece, as a chunk or bare. */
    void piece(HttpResponse piece, boolean asChunk, Output out) {
        if (piece.length() == 0) {
            // An empty chunk would be the last.
            piece.release();
            return;
        }
        if (asChunk) {
            ByteBuf block = out.block(LONGEST_CHUNK_HEAD);
            hex(block, piece.length());
            endLine(block);
        }
        write(piece.takeContent(), out);
        if (asChunk) {
            endLine(out.block(2));
        }
    }

    void lastChunk(Output out) {
        out.block(LAST_CHUNK.length).writeBytes(LAST_CHUNK);
    }

    private ByteBuf begin(HttpResponse response, Output out, int more) {
        byte[] line = HttpStatus.line(response.status());
        int fields = response.fieldsLength();
        ByteBuf block = out.block(line.length + fields + ROOM_FOR_FRAMING + more);
        block.writeBytes(line);
        if (fields > 0) {
            block.writeBytes(response.fields(), 0, fields);
        }
        return block;
    }

    private static void endLine(ByteBuf block) {
        block.writeShort('\r' << 8 | '\n');
    }

    private static void write(Object content, Output out) {
        switch (content) {
            case byte[] bytes -> out.block(bytes.length).writeBytes(bytes);
            case ByteBuf bytes -> out.write(bytes);
            case FileRegion region -> out.write(region);
            case List<?> pieces -> pieces.forEach(piece -> write(piece, out));
            case null, default -> {
                // No body.
            }
        }
    }

    private static void number(ByteBuf block, long number) {
        long power = 1;
        while (number / power >= 10) {
            power *= 10;
        }
        for (; power > 0; power /= 10) {
            block.writeByte('0' + (int) (number / power % 10));
        }
    }

    private static void hex(ByteBuf block, long number) {
        int shift = Math.max(0, (63 - Long.numberOfLeadingZeros(number)) / 4 * 4);
        for (; shift >= 0; shift -= 4) {
            block.writeByte(DIGITS[(int) (number >>> shift) & 0xF]);
        }
    }
}
