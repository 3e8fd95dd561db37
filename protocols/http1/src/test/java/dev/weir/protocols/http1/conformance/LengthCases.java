package dev.weir.protocols.http1.conformance;

import static dev.weir.protocols.http1.conformance.Answer.ok;
import static dev.weir.protocols.http1.conformance.Answer.status;
import static dev.weir.protocols.http1.conformance.Case.given;

import java.util.List;

/** Where a body ends: Content-Length, Transfer-Encoding, and the ways in which two readers might differ. */
final class LengthCases {
    private static final String CHUNKS = "5\r\nhello\r\n0\r\n\r\n";

    private LengthCases() {}

    /** A POST with these field lines, the empty line, and this body. */
    private static String post(String lines, String body) {
        return "POST / HTTP/1.1\r\nHost: a\r\n" + lines + "\r\n\r\n" + body;
    }

    static List<Case> all() {
        return List.of(
                given("9112 6.2", "a length", post("Content-Length: 5", "hello"))
                        .goesOn(ok("POST / host=a body=hello")),
                given("9112 6.2", "a length of nothing", post("Content-Length: 0", ""))
                        .goesOn(ok("POST / host=a")),
                given("9112 6.3", "neither length nor coding: no body", "POST / HTTP/1.1\r\nHost: a\r\n\r\n")
                        .goesOn(ok("POST / host=a")),
                given("9110 9.3.1", "a GET with a body", "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nok")
                        .goesOn(ok("GET / host=a body=ok")),
                given(
                                "9112 6.2",
                                "a body that looks like a request",
                                post("Content-Length: " + Case.PROBE.length(), Case.PROBE))
                        .goesOn(ok("POST / host=a body=" + Case.PROBE)),
                given("9112 6.2", "the name in capitals", post("CONTENT-LENGTH:2", "ok"))
                        .goesOn(ok("POST / host=a body=ok")),
                given("9110 8.6", "white space around a length", post("Content-Length: \t5 ", "hello"))
                        .goesOn(ok("POST / host=a body=hello")),
                given("9110 8.6", "zeros before a length", post("Content-Length: 0005", "hello"))
                        .goesOn(ok("POST / host=a body=hello")),
                given("9112 6.2", "a length in HTTP/1.0", "POST / HTTP/1.0\r\nContent-Length: 2\r\n\r\nok")
                        .closes(ok("POST / host= body=ok")),
                given(
                                "9112 9.3",
                                "a body that nobody asks for",
                                "POST /skip HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello")
                        .goesOn(ok("skipped")),
                given(
                                "9112 6.2",
                                "a body in pieces",
                                "POST /pieces HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello")
                        .goesOn(ok("POST /pieces host=a body=hello")),
                given("9112 8", "the end comes inside a body", post("Content-Length: 10", "hello"))
                        .isCut(),
                given("9112 6.3", "two lengths", post("Content-Length: 5\r\nContent-Length: 6", "hello"))
                        .closes(status(400)),
                given("9112 6.3", "two lengths that are equal", post("Content-Length: 5\r\nContent-Length: 5", "hello"))
                        .closes(status(400)),
                given("9112 6.3", "a list of lengths", post("Content-Length: 5, 5", "hello"))
                        .closes(status(400)),
                given("9110 8.6", "an empty length", post("Content-Length:", "hello"))
                        .closes(status(400)),
                given("9110 8.6", "a negative length", post("Content-Length: -5", "hello"))
                        .closes(status(400)),
                given("9110 8.6", "a length with a plus", post("Content-Length: +5", "hello"))
                        .closes(status(400)),
                given("9110 8.6", "a hexadecimal length", post("Content-Length: 0x5", "hello"))
                        .closes(status(400)),
                given("9110 8.6", "a length with a fraction", post("Content-Length: 5.0", "hello"))
                        .closes(status(400)),
                given("9110 8.6", "a length with an exponent", post("Content-Length: 5e0", "hello"))
                        .closes(status(400)),
                given("9110 8.6", "a space in a length", post("Content-Length: 5 0", "hello"))
                        .closes(status(400)),
                given("9110 8.6", "a length and a letter", post("Content-Length: 5a", "hello"))
                        .closes(status(400)),
                given("9110 8.6", "a length in quotes", post("Content-Length: \"5\"", "hello"))
                        .closes(status(400)),
                given("9110 8.6", "a length with a vertical tab", post("Content-Length: \u000b5", "hello"))
                        .closes(status(400)),
                given("9110 8.6", "a length of a byte beyond ASCII", post("Content-Length: \u00b2", "ok"))
                        .closes(status(400)),
                given("9110 15.5.14", "a length beyond 64 bits", post("Content-Length: 99999999999999999999", "hello"))
                        .closes(status(413)),
                given(
                                "9110 15.5.14",
                                "a length whose lowest 32 bits are small",
                                post("Content-Length: 4294967301", "hello"))
                        .closes(status(413)),
                given("9112 6.1", "chunked", post("Transfer-Encoding: chunked", CHUNKS))
                        .goesOn(ok("POST / host=a body=hello")),
                given("9112 7", "codings are in whatever case", post("transfer-encoding: CHUNKED", CHUNKS))
                        .goesOn(ok("POST / host=a body=hello")),
                given(
                                "9112 9.3",
                                "a chunked body that nobody asks for ends the connection",
                                "POST /skip HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + CHUNKS)
                        .closes(ok("skipped").has("Connection: close")),
                given("9112 6.1", "length and coding", post("Content-Length: 5\r\nTransfer-Encoding: chunked", CHUNKS))
                        .closes(status(400)),
                given("9112 6.1", "coding and length", post("Transfer-Encoding: chunked\r\nContent-Length: 15", CHUNKS))
                        .closes(status(400)),
                given(
                                "9112 6.1",
                                "a coding in HTTP/1.0",
                                "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n" + CHUNKS)
                        .closes(status(400)),
                given("9112 6.1", "another coding before chunked", post("Transfer-Encoding: gzip, chunked", CHUNKS))
                        .closes(status(501)),
                given("9112 6.3", "another coding", post("Transfer-Encoding: gzip", CHUNKS))
                        .closes(status(400)),
                given("9112 6.3", "another coding behind chunked", post("Transfer-Encoding: chunked, gzip", CHUNKS))
                        .closes(status(400)),
                given("9112 6.1", "chunked twice", post("Transfer-Encoding: chunked, chunked", CHUNKS))
                        .closes(status(400)),
                given(
                                "9112 6.1",
                                "chunked in two fields",
                                post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", CHUNKS))
                        .closes(status(400)),
                given(
                                "9112 6.1",
                                "codings in two fields",
                                post("Transfer-Encoding: identity\r\nTransfer-Encoding: chunked", CHUNKS))
                        .closes(status(400)),
                given("9112 6.3", "identity, which is no longer a coding", post("Transfer-Encoding: identity", ""))
                        .closes(status(400)),
                given("9112 6.3", "an empty coding", post("Transfer-Encoding:", CHUNKS))
                        .closes(status(400)),
                given("9112 6.3", "a coding that ends like chunked", post("Transfer-Encoding: xchunked", CHUNKS))
                        .closes(status(400)),
                given("9112 7", "chunked with a parameter", post("Transfer-Encoding: chunked;q=1", CHUNKS))
                        .closes(status(400)),
                given("9112 6.3", "chunked and an empty element", post("Transfer-Encoding: chunked,", CHUNKS))
                        .closes(status(400)),
                given("9112 6.3", "chunked in quotes", post("Transfer-Encoding: \"chunked\"", CHUNKS))
                        .closes(status(400)),
                given("9112 6.1", "chunked behind a vertical tab", post("Transfer-Encoding: \u000bchunked", CHUNKS))
                        .closes(status(400)),
                given("9112 5.1", "a space behind the name of the coding", post("Transfer-Encoding : chunked", CHUNKS))
                        .closes(status(400)),
                given("9112 5.2", "a coding in a folded line", post("Transfer-Encoding:\r\n chunked", CHUNKS))
                        .closes(status(400)),
                given("9112 5.2", "a length in a folded line", post("X: 1\r\n Content-Length: 5", "hello"))
                        .closes(status(400)),
                given(
                                "9112 2.2",
                                "a coding behind a carriage return alone",
                                post("X: 1\rTransfer-Encoding: chunked", CHUNKS))
                        .closes(status(400)),
                given("9112 2.2", "a coding behind a line feed alone", post("X: 1\nTransfer-Encoding: chunked", CHUNKS))
                        .closes(status(400)));
    }
}
