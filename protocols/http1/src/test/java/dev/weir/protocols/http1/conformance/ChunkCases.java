package dev.weir.protocols.http1.conformance;

import static dev.weir.protocols.http1.conformance.Answer.ok;
import static dev.weir.protocols.http1.conformance.Answer.status;
import static dev.weir.protocols.http1.conformance.Case.given;

import java.util.List;

/** The grammar of chunks and of the trailers behind them. */
final class ChunkCases {
    private static final Answer HELLO = ok("POST / host=a body=hello");

    private ChunkCases() {}

    private static String post(String chunks) {
        return to("/", chunks);
    }

    private static String to(String target, String chunks) {
        return "POST " + target + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks;
    }

    static List<Case> all() {
        return List.of(
                given("9112 7.1", "two chunks", post("2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n"))
                        .goesOn(HELLO),
                given("9112 7.1", "no chunk but the last", post("0\r\n\r\n")).goesOn(ok("POST / host=a")),
                given("9112 7.1", "digits of either case", post("a\r\n0123456789\r\nA\r\n0123456789\r\n0\r\n\r\n"))
                        .goesOn(ok("POST / host=a body=01234567890123456789")),
                given("9112 7.1", "zeros before a size", post("00005\r\nhello\r\n000\r\n\r\n"))
                        .goesOn(HELLO),
                given("9112 7.1", "line ends in a chunk", post("4\r\n\r\n\r\n\r\n0\r\n\r\n"))
                        .goesOn(ok("POST / host=a body=\r\n\r\n")),
                given("9112 7.1", "the last chunk's look in a chunk", post("5\r\n0\r\n\r\n\r\n0\r\n\r\n"))
                        .goesOn(ok("POST / host=a body=0\r\n\r\n")),
                given("9112 7.1", "in pieces", to("/pieces", "2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n"))
                        .goesOn(ok("POST /pieces host=a body=hello")),
                given("9112 7.1.1", "an extension", post("5;a\r\nhello\r\n0;b\r\n\r\n"))
                        .goesOn(HELLO),
                given("9112 7.1.1", "an extension with a value", post("5;a=b\r\nhello\r\n0\r\n\r\n"))
                        .goesOn(HELLO),
                given("9112 7.1.1", "an extension with a quoted value", post("5;a=\"b;\\\"c\"\r\nhello\r\n0\r\n\r\n"))
                        .goesOn(HELLO),
                given("9112 7.1.1", "several extensions, and white space", post("5 ; a = b\t;c\r\nhello\r\n0\r\n\r\n"))
                        .goesOn(HELLO),
                given("9112 7.1.2", "trailers", post("5\r\nhello\r\n0\r\nT: 1\r\nU: 2\r\n\r\n"))
                        .goesOn(HELLO),
                given(
                                "9112 7.1.2",
                                "trailers are told with the last piece",
                                to("/pieces", "5\r\nhello\r\n0\r\nT: 1\r\nt: 2\r\n\r\n"))
                        .goesOn(ok("POST /pieces host=a body=hello t=[1, 2]")),
                given(
                                "9110 6.5.1",
                                "a trailer does not change the framing",
                                post("5\r\nhello\r\n0\r\nContent-Length: 99\r\n\r\n"))
                        .goesOn(HELLO),
                given(
                                "9110 6.5.1",
                                "a trailer is no header field",
                                post("5\r\nhello\r\n0\r\nHost: b\r\nConnection: close\r\n\r\n"))
                        .goesOn(HELLO),
                given("9112 8", "the end comes inside a chunk", post("5\r\nhel"))
                        .isCut(),
                given("9112 8", "the end comes between chunks", post("5\r\nhello\r\n"))
                        .isCut(),
                given("9112 8", "the end comes inside the trailers", post("5\r\nhello\r\n0\r\nT: 1\r\n"))
                        .isCut(),
                given("9112 7.1", "the largest size that is read", post("fffffffffffffff\r\nhello"))
                        .isCut(),
                given("9112 7.1", "a size of too many digits", post("10000000000000005\r\nhello\r\n0\r\n\r\n"))
                        .closes(status(400)),
                given(
                                "9112 7.1",
                                "a size whose lowest 32 bits are small",
                                post("100000000\r\n" + "x".repeat(Mirror.MOST_BODY + 1)))
                        .closes(status(413)),
                given("9112 7.1", "no size", post("\r\nhello\r\n0\r\n\r\n")).closes(status(400)),
                given("9112 7.1", "a negative size", post("-5\r\nhello\r\n0\r\n\r\n"))
                        .closes(status(400)),
                given("9112 7.1", "a size with a plus", post("+5\r\nhello\r\n0\r\n\r\n"))
                        .closes(status(400)),
                given("9112 7.1", "a size with 0x", post("0x5\r\nhello\r\n0\r\n\r\n"))
                        .closes(status(400)),
                given("9112 7.1", "a size with an underscore", post("0_5\r\nhello\r\n0\r\n\r\n"))
                        .closes(status(400)),
                given("9112 7.1", "a space before a size", post(" 5\r\nhello\r\n0\r\n\r\n"))
                        .closes(status(400)),
                given("9112 7.1", "a space behind a size", post("5 \r\nhello\r\n0\r\n\r\n"))
                        .closes(status(400)),
                given("9112 7.1", "a zero byte behind a size", post("5\0\r\nhello\r\n0\r\n\r\n"))
                        .closes(status(400)),
                given("9112 7.1", "a line feed alone behind a size", post("5\nhello\r\n0\r\n\r\n"))
                        .closes(status(400)),
                given("9112 7.1", "a carriage return alone behind a size", post("5\rhello\r\n0\r\n\r\n"))
                        .closes(status(400)),
                given("9112 7.1", "a line feed alone behind a chunk", post("5\r\nhello\n0\r\n\r\n"))
                        .closes(status(400)),
                given("9112 7.1", "a carriage return alone behind a chunk", post("5\r\nhello\r0\r\n\r\n"))
                        .closes(status(400)),
                given("9112 7.1", "a chunk that is longer than it says", post("4\r\nhello\r\n0\r\n\r\n"))
                        .closes(status(400)),
                given("9112 7.1", "a chunk that is shorter than it says", post("7\r\nhello\r\n0\r\n\r\n"))
                        .closes(status(400)),
                given("9112 7.1.1", "an extension without a name", post("5;\r\nhello\r\n0\r\n\r\n"))
                        .closes(status(400)),
                given("9112 7.1.1", "an extension without a semicolon", post("5 a\r\nhello\r\n0\r\n\r\n"))
                        .closes(status(400)),
                given("9112 7.1.1", "an extension without its value", post("5;a=\r\nhello\r\n0\r\n\r\n"))
                        .closes(status(400)),
                given("9112 7.1.1", "an extension whose quotes do not end", post("5;a=\"b\r\nhello\r\n0\r\n\r\n"))
                        .closes(status(400)),
                given("9112 7.1.1", "a carriage return alone in an extension", post("5;a=\"\r\"\r\nhello\r\n0\r\n\r\n"))
                        .closes(status(400)),
                given("9112 7.1.1", "a line feed alone in an extension", post("5;a\nhello\r\n0\r\n\r\n"))
                        .closes(status(400)),
                given("9112 7.1.1", "a zero byte in an extension", post("5;a=\"\0\"\r\nhello\r\n0\r\n\r\n"))
                        .closes(status(400)),
                given("9112 7.1.1", "an extension without end", post("5;" + "a".repeat(300)))
                        .closes(status(400)),
                given("9112 7.1.2", "white space before a trailer's colon", post("0\r\nT : 1\r\n\r\n"))
                        .closes(status(400)),
                given("9112 5.2", "a folded trailer", post("0\r\nT: 1\r\n 2\r\n\r\n"))
                        .closes(status(400)),
                given("9112 2.2", "a line feed alone behind a trailer", post("0\r\nT: 1\n\r\n"))
                        .closes(status(400)),
                given("9112 2.2", "a line feed alone ends the trailers", post("0\r\n\n"))
                        .closes(status(400)),
                given("9112 7.1", "no empty line behind the last chunk", post("0\r\n"))
                        .closes(status(400)));
    }
}
