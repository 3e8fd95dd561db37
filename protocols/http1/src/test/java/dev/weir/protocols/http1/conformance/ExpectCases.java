package dev.weir.protocols.http1.conformance;

import static dev.weir.protocols.http1.conformance.Answer.maybeContinue;
import static dev.weir.protocols.http1.conformance.Answer.ok;
import static dev.weir.protocols.http1.conformance.Answer.status;
import static dev.weir.protocols.http1.conformance.Case.given;

import java.util.List;

/** Expect: 100-continue. */
final class ExpectCases {
    private static final String EXPECT = "Expect: 100-continue\r\n";

    private ExpectCases() {}

    private static String post(String target, String lines, String body) {
        return "POST " + target + " HTTP/1.1\r\nHost: a\r\n" + lines + "\r\n" + body;
    }

    static List<Case> all() {
        return List.of(
                given(
                                "9110 10.1.1",
                                "the body is there already, or is asked for",
                                post("/", EXPECT + "Content-Length: 5\r\n", "hello"))
                        .goesOn(maybeContinue(), ok("POST / host=a body=hello")),
                given(
                                "9110 10.1.1",
                                "a body in chunks",
                                post("/", EXPECT + "Transfer-Encoding: chunked\r\n", "5\r\nhello\r\n0\r\n\r\n"))
                        .goesOn(maybeContinue(), ok("POST / host=a body=hello")),
                given("9110 10.1.1", "a body in pieces", post("/pieces", EXPECT + "Content-Length: 5\r\n", "hello"))
                        .goesOn(maybeContinue(), ok("POST /pieces host=a body=hello")),
                given(
                                "9110 10.1.1",
                                "a client that waits is told to go on",
                                post("/", EXPECT + "Content-Length: 5\r\n", ""))
                        .isCut(status(100)),
                given(
                                "9110 10.1.1",
                                "a client that waits is told to go on, in pieces",
                                post("/pieces", EXPECT + "Content-Length: 5\r\n", ""))
                        .isCut(status(100)),
                given(
                                "9110 10.1.1",
                                "it is told behind the answers before it",
                                "GET /1 HTTP/1.1\r\nHost: a\r\n\r\n" + post("/", EXPECT + "Content-Length: 5\r\n", ""))
                        .isCut(ok("GET /1 host=a"), status(100)),
                given(
                                "9110 10.1.1",
                                "the value is in whatever case",
                                post("/", "Expect: 100-Continue\r\nContent-Length: 5\r\n", ""))
                        .isCut(status(100)),
                given("9110 10.1.1", "no body to wait for", post("/", EXPECT, ""))
                        .goesOn(ok("POST / host=a")),
                given("9110 10.1.1", "a body of nothing", post("/", EXPECT + "Content-Length: 0\r\n", ""))
                        .goesOn(ok("POST / host=a")),
                given(
                                "9110 10.1.1",
                                "HTTP/1.0 does not know it",
                                "POST / HTTP/1.0\r\nContent-Length: 5\r\n" + EXPECT + "\r\nhello")
                        .closes(ok("POST / host= body=hello")),
                given(
                                "9110 10.1.1",
                                "a body that nobody asks for is not sent for",
                                post("/skip", EXPECT + "Content-Length: 5\r\n", ""))
                        .closes(ok("skipped").has("Connection: close")),
                given(
                                "9110 10.1.1",
                                "a body that is too large is not sent for",
                                post("/", EXPECT + "Content-Length: 65\r\n", ""))
                        .closes(status(413)),
                given(
                                "9110 10.1.1",
                                "another expectation",
                                post("/", "Expect: a-miracle\r\nContent-Length: 5\r\n", "hello"))
                        .closes(status(417)),
                given(
                                "9110 10.1.1",
                                "another expectation besides",
                                post("/", "Expect: 100-continue, a-miracle\r\n", ""))
                        .closes(status(417)));
    }
}
