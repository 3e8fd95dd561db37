package dev.weir.protocols.http1.conformance;

import static dev.weir.protocols.http1.conformance.Answer.ok;
import static dev.weir.protocols.http1.conformance.Answer.status;
import static dev.weir.protocols.http1.conformance.Case.given;

import java.util.List;

/** Limits, and what is just within them. */
final class LimitCases {
    /** The most bytes of a request line here. */
    static final int LINE = 128;
    /** The most bytes of a head. */
    static final int HEAD = 512;
    /** The most fields. */
    static final int FIELDS = 8;
    /** The most requests that wait for their answers. */
    static final int PIPELINED = 4;

    private static final String START = "GET / HTTP/1.1\r\nHost: a\r\n";

    private LimitCases() {}

    /** A request whose line has so many bytes. */
    private static String line(int bytes) {
        return "GET /" + "x".repeat(bytes - 14) + " HTTP/1.1\r\nHost: a\r\n\r\n";
    }

    /** A request whose head has so many bytes. */
    private static String head(int bytes) {
        return START + "X: " + "x".repeat(bytes - START.length() - 7) + "\r\n\r\n";
    }

    private static String fields(int count) {
        return START + "X: 1\r\n".repeat(count - 1) + "\r\n";
    }

    private static String post(String target, String lines, String body) {
        return "POST " + target + " HTTP/1.1\r\nHost: a\r\n" + lines + "\r\n\r\n" + body;
    }

    private static String trailers(String lines) {
        return post("/", "Transfer-Encoding: chunked", "0\r\n" + lines + "\r\n");
    }

    static List<Case> all() {
        String most = "x".repeat(Mirror.MOST_BODY);
        Answer full = ok("POST / host=a body=" + most);
        return List.of(
                given("9112 3", "the longest request line", line(LINE))
                        .goesOn(ok("GET /" + "x".repeat(LINE - 14) + " host=a")),
                given("9110 15.5.15", "a request line that is too long", line(LINE + 1))
                        .closes(status(414)),
                given("9110 15.5.15", "a request line that is much too long", line(4 * LINE))
                        .closes(status(414)),
                given("9110 15.5.15", "a target without end", "GET /" + "x".repeat(2 * HEAD))
                        .closes(status(414)),
                given("9110 15.5.15", "a method without end", "x".repeat(2 * HEAD))
                        .closes(status(414)),
                given("9110 5.4", "the largest head", head(HEAD)).goesOn(ok("GET / host=a")),
                given("6585 5", "a head that is too large", head(HEAD + 1)).closes(status(431)),
                given("6585 5", "a field without end", START + "X: " + "x".repeat(2 * HEAD))
                        .closes(status(431)),
                given("6585 5", "a name without end", START + "x".repeat(2 * HEAD))
                        .closes(status(431)),
                given("6585 5", "fields without end", START + "X: 1\r\n".repeat(HEAD))
                        .closes(status(431)),
                given("9110 5.4", "the most fields", fields(FIELDS)).goesOn(ok("GET / host=a")),
                given("6585 5", "a field too many", fields(FIELDS + 1)).closes(status(431)),
                given("9110 15.5.14", "the largest body", post("/", "Content-Length: " + most.length(), most))
                        .goesOn(full),
                given(
                                "9110 15.5.14",
                                "a body that is too large",
                                post("/", "Content-Length: " + (most.length() + 1), most + "x"))
                        .closes(status(413)),
                given(
                                "9110 15.5.14",
                                "the largest body in chunks",
                                post("/", "Transfer-Encoding: chunked", "40\r\n" + most + "\r\n0\r\n\r\n"))
                        .goesOn(full),
                given(
                                "9110 15.5.14",
                                "a body in chunks that is too large",
                                post("/", "Transfer-Encoding: chunked", "40\r\n" + most + "\r\n1\r\nx\r\n0\r\n\r\n"))
                        .closes(status(413)),
                given(
                                "9110 15.5.14",
                                "a large body in pieces has no limit here",
                                post("/pieces", "Content-Length: 300", "x".repeat(300)))
                        .goesOn(ok("POST /pieces host=a body=" + "x".repeat(300))),
                given("9112 7.1.2", "the most trailers", trailers("T: 1\r\n".repeat(FIELDS)))
                        .goesOn(ok("POST / host=a")),
                given("6585 5", "a trailer too many", trailers("T: 1\r\n".repeat(FIELDS + 1)))
                        .closes(status(431)),
                given("6585 5", "trailers that are too large", trailers("T: " + "x".repeat(HEAD) + "\r\n"))
                        .closes(status(431)),
                given("9112 9.3.2", "more requests ahead than may wait", (START + "\r\n").repeat(3 * PIPELINED))
                        .goesOn(java.util.Collections.nCopies(3 * PIPELINED, ok("GET / host=a"))
                                .toArray(new Answer[0])));
    }
}
