package dev.weir.protocols.metrics;

import dev.weir.protocol.BlockingProtocol;
import dev.weir.protocol.BlockingSession;
import dev.weir.protocol.SessionClosedException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Answers one HTTP request on a connection with all of Weir's numbers (Prometheus text format, 0.0.4), and closes. Over codec raw.
 * Blocking, so that the text is made on a thread of its own and not on a loop.
 */
public final class MetricsProtocol implements BlockingProtocol<ByteBuf, ByteBuf> {
    private static final int MOST_REQUEST_BYTES = 8 * 1024;
    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final String PLAIN = "text/plain; charset=utf-8";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final String path;
    private final Exposition exposition;

    MetricsProtocol(String path, Exposition exposition) {
        this.path = path;
        this.exposition = exposition;
    }

    @Override
    public Class<ByteBuf> inbound() {
        return ByteBuf.class;
    }

    @Override
    public Class<ByteBuf> outbound() {
        return ByteBuf.class;
    }

    @Override
    public void serve(BlockingSession<ByteBuf, ByteBuf> session) throws SessionClosedException, InterruptedException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf(END_OF_HEAD) < 0) {
            Optional<ByteBuf> bytes = session.read();
            if (bytes.isEmpty()) {
                return; // The peer left in the middle of its request.
            }
            try {
                head.append(bytes.get().toString(StandardCharsets.ISO_8859_1));
            } finally {
                bytes.get().release();
            }
            if (head.length() > MOST_REQUEST_BYTES) {
                session.write(
                        response("431 Request Header Fields Too Large", PLAIN, "The request is too long.\n", true));
                return;
            }
        }
        session.write(answer(head.substring(0, head.indexOf("\r\n")).split(" ", -1)));
    }

    /** @param request method, target and version (RFC 9112, 3) */
    private ByteBuf answer(String[] request) {
        if (request.length != 3 || !request[2].startsWith("HTTP/1.")) {
            return response("400 Bad Request", PLAIN, "This is HTTP/1.1.\n", true);
        }
        boolean withBody = !request[0].equals("HEAD");
        if (withBody && !request[0].equals("GET")) {
            return response("405 Method Not Allowed", PLAIN, "Only GET and HEAD are answered.\n", true);
        }
        String asked = request[1].split("\\?", -1)[0];
        return asked.equals(path)
                ? response("200 OK", PROMETHEUS, exposition.text(), withBody)
                : response("404 Not Found", PLAIN, "The metrics are at " + path + ".\n", withBody);
    }

    private static ByteBuf response(String status, String type, String body, boolean withBody) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        String allow = status.startsWith("405") ? "Allow: GET, HEAD\r\n" : "";
        String head = "HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\nContent-Length: " + content.length
                + "\r\n" + allow + "Connection: close" + END_OF_HEAD;
        byte[] headBytes = head.getBytes(StandardCharsets.US_ASCII);
        return withBody ? Unpooled.wrappedBuffer(headBytes, content) : Unpooled.wrappedBuffer(headBytes);
    }
}
