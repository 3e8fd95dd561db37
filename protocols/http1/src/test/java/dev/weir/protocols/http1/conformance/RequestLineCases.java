package dev.weir.protocols.http1.conformance;

import static dev.weir.protocols.http1.conformance.Answer.ok;
import static dev.weir.protocols.http1.conformance.Answer.status;
import static dev.weir.protocols.http1.conformance.Case.given;

import java.util.List;

/** Method, spaces and line ends. */
final class RequestLineCases {
    private static final String HOST = "\r\nHost: a\r\n\r\n";
    private static final String GET = "GET / HTTP/1.1" + HOST;

    private RequestLineCases() {}

    static List<Case> all() {
        return List.of(
                given("9112 3", "a plain request", GET).goesOn(ok("GET / host=a")),
                given("9112 2.2", "an empty line before a request", "\r\n" + GET)
                        .goesOn(ok("GET / host=a")),
                given("9112 2.2", "a few empty lines before a request", "\r\n".repeat(8) + GET)
                        .goesOn(ok("GET / host=a")),
                given("9112 2.2", "too many empty lines before a request", "\r\n".repeat(9) + GET)
                        .closes(status(400)),
                given("9112 2.2", "empty lines between requests", GET + "\r\n\r\n" + GET)
                        .goesOn(ok("GET / host=a"), ok("GET / host=a")),
                given(
                                "9112 2.2",
                                "a line end too many behind a body",
                                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nok\r\n")
                        .goesOn(ok("POST / host=a body=ok")),
                given("9112 2.2", "a line feed alone before a request", "\n" + GET)
                        .closes(status(400)),
                given("9112 2.2", "a carriage return alone before a request", "\r" + GET)
                        .closes(status(400)),
                given("9112 2.2", "white space before a request", " " + GET).closes(status(400)),
                given("9112 2.2", "a line feed alone ends the request line", "GET / HTTP/1.1\nHost: a\r\n\r\n")
                        .closes(status(400)),
                given("9112 2.2", "a carriage return alone in the request line", "GET /\r HTTP/1.1" + HOST)
                        .closes(status(400)),
                given("9112 2.2", "a carriage return alone ends the request line", "GET / HTTP/1.1\rHost: a\r\n\r\n")
                        .closes(status(400)),
                given("9112 2.2", "two carriage returns end the request line", "GET / HTTP/1.1\r" + HOST)
                        .closes(status(400)),
                given("9112 3", "two spaces behind the method", "GET  / HTTP/1.1" + HOST)
                        .closes(status(400)),
                given("9112 3", "two spaces before the version", "GET /  HTTP/1.1" + HOST)
                        .closes(status(400)),
                given("9112 3", "a tab for a space", "GET\t/ HTTP/1.1" + HOST).closes(status(400)),
                given("9112 3", "a form feed for a space", "GET\f/ HTTP/1.1" + HOST)
                        .closes(status(400)),
                given("9112 3", "a no-break space for a space", "GET\u00a0/ HTTP/1.1" + HOST)
                        .closes(status(400)),
                given("9112 3", "a space behind the version", "GET / HTTP/1.1 " + HOST)
                        .closes(status(400)),
                given("9112 3", "words behind the version", "GET / HTTP/1.1 now" + HOST)
                        .closes(status(400)),
                given("9112 3", "no target", "GET HTTP/1.1" + HOST).closes(status(400)),
                given("9112 3", "no target, two spaces", "GET  HTTP/1.1" + HOST).closes(status(400)),
                given("9112 3", "a method alone", "GET" + HOST).closes(status(400)),
                given("9112 3.1", "a method that is no token", "G(E)T / HTTP/1.1" + HOST)
                        .closes(status(400)),
                given("9112 3.1", "a method with a letter beyond ASCII", "G\u00c9T / HTTP/1.1" + HOST)
                        .closes(status(400)),
                given("9112 3.1", "methods are case-sensitive", "get / HTTP/1.1" + HOST)
                        .goesOn(ok("get / host=a")),
                given("9110 9.1", "a method that nobody has heard of", "BREW / HTTP/1.1" + HOST)
                        .goesOn(ok("BREW / host=a")),
                given(
                                "9110 5.6.2",
                                "a method of every sign that a token may have",
                                "!#$%&'*+-.^_`|~09azAZ / HTTP/1.1" + HOST)
                        .goesOn(ok("!#$%&'*+-.^_`|~09azAZ / host=a")),
                given("9112 3.2", "a zero byte in the target", "GET /\0 HTTP/1.1" + HOST)
                        .closes(status(400)),
                given("9112 3.2", "a byte beyond ASCII in the target", "GET /\u00e9 HTTP/1.1" + HOST)
                        .closes(status(400)),
                given("9112 3.2", "a DEL in the target", "GET /\u007f HTTP/1.1" + HOST)
                        .closes(status(400)),
                given("9112 3", "the first bytes of TLS", "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003")
                        .closes(status(400)),
                given("9112 3", "a greeting of another protocol", "EHLO a.example\r\n\r\n")
                        .closes(status(400)),
                given("9112 8", "the end comes inside the request line", "GET / HT")
                        .isCut(),
                given("9112 8", "the end comes inside the header", "GET / HTTP/1.1\r\nHost: a\r\n")
                        .isCut());
    }
}
