package dev.weir.protocols.http1.conformance;

import static dev.weir.protocols.http1.conformance.Answer.ok;
import static dev.weir.protocols.http1.conformance.Answer.status;
import static dev.weir.protocols.http1.conformance.Case.given;

import java.util.List;

/** Field lines: names, values, white space, folding. */
final class FieldCases {
    private FieldCases() {}

    /** A request with these bytes between Host and the empty line. */
    private static String with(String lines) {
        return "GET /fields HTTP/1.1\r\nHost: a\r\n" + lines + "\r\n";
    }

    static List<Case> all() {
        return List.of(
                given("9112 5", "names keep their case and fields their order", with("X-B: 1\r\nx-a: 2\r\n"))
                        .goesOn(ok("Host=a|X-B=1|x-a=2")),
                given("9112 5", "a field that comes twice", with("X: 1\r\nX: 2\r\n"))
                        .goesOn(ok("Host=a|X=1|X=2")),
                given("9112 5.1", "no space behind the colon", with("X:1\r\n")).goesOn(ok("Host=a|X=1")),
                given("9112 5.1", "white space around a value", with("X: \t 1 2 \t\r\n"))
                        .goesOn(ok("Host=a|X=1 2")),
                given("9112 5", "an empty value", with("X:\r\nY: \r\n")).goesOn(ok("Host=a|X=|Y=")),
                given("9110 5.5", "colons and quotes in a value", with("X: \"a:b\", c\r\n"))
                        .goesOn(ok("Host=a|X=\"a:b\", c")),
                given("9110 5.5", "a value of bytes beyond ASCII", with("X: \u00e9\r\n"))
                        .goesOn(ok("Host=a|X=\u00c3\u00a9")),
                given("9110 5.6.2", "a name of every sign that a token may have", with("!#$%&'*+-.^_`|~09azAZ: 1\r\n"))
                        .goesOn(ok("Host=a|!#$%&'*+-.^_`|~09azAZ=1")),
                given("9112 5.1", "a space before the colon", with("X : 1\r\n")).closes(status(400)),
                given("9112 5.1", "a tab before the colon", with("X\t: 1\r\n")).closes(status(400)),
                given("9112 5", "a line without a colon", with("X\r\n")).closes(status(400)),
                given("9112 5", "a line without a name", with(": 1\r\n")).closes(status(400)),
                given("9112 5", "a colon alone", with(":\r\n")).closes(status(400)),
                given("9110 5.1", "a name with a bracket", with("X(1): 1\r\n")).closes(status(400)),
                given("9110 5.1", "a name with a space", with("X Y: 1\r\n")).closes(status(400)),
                given("9110 5.1", "a name with a byte beyond ASCII", with("X\u00e9: 1\r\n"))
                        .closes(status(400)),
                given("9110 5.1", "a name with a zero byte", with("X\0: 1\r\n")).closes(status(400)),
                given("9112 5.2", "a line folded by a space", with("X: 1\r\n 2\r\n"))
                        .closes(status(400)),
                given("9112 5.2", "a line folded by a tab", with("X: 1\r\n\t2\r\n"))
                        .closes(status(400)),
                given("9112 5.2", "a line of white space alone", with(" \r\n")).closes(status(400)),
                given("9112 2.2", "white space before the first field", "GET / HTTP/1.1\r\n Host: a\r\n\r\n")
                        .closes(status(400)),
                given(
                                "9112 2.2",
                                "white space before the first field, which then is another's",
                                "GET / HTTP/1.1\r\n X: 1\r\nHost: a\r\n\r\n")
                        .closes(status(400)),
                given("9110 5.5", "a zero byte in a value", with("X: a\0b\r\n")).closes(status(400)),
                given("9110 5.5", "a control character in a value", with("X: a\u0001b\r\n"))
                        .closes(status(400)),
                given("9110 5.5", "a DEL in a value", with("X: a\u007fb\r\n")).closes(status(400)),
                given("9112 2.2", "a carriage return alone in a value", with("X: a\rb\r\n"))
                        .closes(status(400)),
                given("9112 2.2", "a carriage return alone before the end of a line", with("X: a\r\r\n"))
                        .closes(status(400)),
                given("9112 2.2", "a line feed alone ends a field line", with("X: a\nY: b\r\n"))
                        .closes(status(400)),
                given("9112 2.2", "a line feed alone ends the header", "GET / HTTP/1.1\r\nHost: a\r\n\n")
                        .closes(status(400)),
                given("9112 2.2", "carriage returns alone end a header", "GET / HTTP/1.1\r\nHost: a\r\r\r\n")
                        .closes(status(400)));
    }
}
