package dev.weir.protocols.http1.conformance;

import dev.weir.protocols.http1.HttpDate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads responses as the least forgiving client would: what RFC 9112 does not want of a server is an {@link AssertionError}. Written
 * from the RFC and not with the codec's parts.
 */
public final class StrictReader {
    private static final Pattern STATUS_LINE =
            Pattern.compile("HTTP/1\\.1 ([1-9][0-9]{2}) [\\t\\x20-\\x7E\\x80-\\xFF]*");
    private static final Pattern FIELD_LINE = Pattern.compile(
            "([-!#$%&'*+.^_`|~0-9A-Za-z]+): ((?:[\\x21-\\x7E\\x80-\\xFF](?:[\\t\\x20-\\x7E\\x80-\\xFF]*[\\x21-\\x7E\\x80-\\xFF])?)?)");
    private static final Pattern CHUNK_SIZE = Pattern.compile("[0-9a-fA-F]+");

    private final InputStream in;

    public StrictReader(InputStream in) {
        this.in = in;
    }

    /**
     * The next response; empty at the end of the connection.
     *
     * @param isBare whether it answers a request to which no body may come
     */
    public Optional<Received> next(boolean isBare) throws IOException {
        Optional<String> first = line(true);
        if (first.isEmpty()) {
            return Optional.empty();
        }
        Matcher statusLine = matched(STATUS_LINE, first.get(), "a status line (RFC 9112, 4)");
        int status = Integer.parseInt(statusLine.group(1));
        List<String> lines = new ArrayList<>();
        for (String line = needed(); !line.isEmpty(); line = needed()) {
            matched(FIELD_LINE, line, "a field line (RFC 9112, 5)");
            lines.add(line);
        }
        Received head = new Received(status, lines, "");
        checkHead(head);
        return Optional.of(new Received(status, lines, text(content(head, isBare))));
    }

    /** All that follows, to the end of the connection, each byte one character. */
    public String rest() throws IOException {
        return text(in.readAllBytes());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static void checkHead(Received head) {
        for (String once :
                List.of("Content-Length", "Transfer-Encoding", "Date", "Connection", "Content-Type", "Allow")) {
            check(head.values(once).size() <= 1, once + " comes twice (RFC 9110, 5.3)", head);
        }
        boolean hasLength = !head.values("Content-Length").isEmpty();
        boolean hasCoding = !head.values("Transfer-Encoding").isEmpty();
        check(!hasLength || !hasCoding, "both Content-Length and Transfer-Encoding (RFC 9112, 6.2)", head);
        if (head.status() < 200 || head.status() == 204) {
            check(!hasLength, "Content-Length with 1xx or 204 (RFC 9110, 8.6)", head);
            check(!hasCoding, "Transfer-Encoding with 1xx or 204 (RFC 9112, 6.1)", head);
        }
        if (head.status() >= 200) {
            List<String> dates = head.values("Date");
            check(dates.size() == 1, "no Date (RFC 9110, 6.6.1)", head);
            boolean isFixdate = HttpDate.parse(dates.getFirst())
                    .map(HttpDate::format)
                    .filter(dates.getFirst()::equals)
                    .isPresent();
            check(isFixdate, "a Date that is no IMF-fixdate (RFC 9110, 5.6.7)", head);
        }
        check(head.status() != 405 || !head.values("Allow").isEmpty(), "405 without Allow (RFC 9110, 15.5.6)", head);
        check(
                head.status() != 101 || head.values("Connection").contains("upgrade"),
                "101 without upgrade (RFC 9110, 7.8)",
                head);
    }

    /** RFC 9112, 6.3. */
    private byte[] content(Received head, boolean isBare) throws IOException {
        if (isBare || head.status() < 200 || head.status() == 204 || head.status() == 304) {
            return new byte[0];
        }
        if (!head.values("Transfer-Encoding").isEmpty()) {
            check(head.values("Transfer-Encoding").equals(List.of("chunked")), "another coding than chunked", head);
            return chunks(head);
        }
        if (!head.values("Content-Length").isEmpty()) {
            String length = head.values("Content-Length").getFirst();
            check(length.matches("0|[1-9][0-9]{0,8}"), "a Content-Length that is no number (RFC 9110, 8.6)", head);
            return exactly(Integer.parseInt(length), head);
        }
        check(
                head.isLast(),
                "a body that the end of the connection ends, and Connection: close is not said (RFC 9112, 9.6)",
                head);
        return in.readAllBytes();
    }

    private byte[] chunks(Received head) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(
                    matched(CHUNK_SIZE, needed(), "a chunk's size (RFC 9112, 7.1)")
                            .group(),
                    16);
            if (size == 0) {
                check(needed().isEmpty(), "trailers that nobody asked for (RFC 9110, 6.5.1)", head);
                return content.toByteArray();
            }
            content.write(exactly(size, head));
            check(needed().isEmpty(), "a chunk that is longer than it says (RFC 9112, 7.1)", head);
        }
    }

    private byte[] exactly(int length, Received head) throws IOException {
        byte[] bytes = in.readNBytes(length);
        check(bytes.length == length, "a body of " + bytes.length + " bytes, where " + length + " were said", head);
        return bytes;
    }

    private String needed() throws IOException {
        return line(false).orElseThrow(() -> new AssertionError("the connection ended inside a response"));
    }

    /** A line without its end; empty at the end of the connection, where that is allowed. */
    private Optional<String> line(boolean mayEnd) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            int next = in.read();
            if (next < 0) {
                if (mayEnd && line.size() == 0) {
                    return Optional.empty();
                }
                throw new AssertionError("the connection ended inside the line \"" + line + "\"");
            }
            if (next == '\r') {
                if (in.read() != '\n') {
                    throw new AssertionError("a bare CR after \"" + line + "\" (RFC 9112, 2.2)");
                }
                return Optional.of(line.toString(StandardCharsets.ISO_8859_1));
            }
            if (next == '\n') {
                throw new AssertionError("a bare LF after \"" + line + "\" (RFC 9112, 2.2)");
            }
            line.write(next);
        }
    }

    private static Matcher matched(Pattern pattern, String line, String what) {
        Matcher matcher = pattern.matcher(line);
        if (!matcher.matches()) {
            throw new AssertionError("\"" + line + "\" is not " + what);
        }
        return matcher;
    }

    private static void check(boolean holds, String mistake, Received head) {
        if (!holds) {
            throw new AssertionError(mistake + ": " + head);
        }
    }
}
