package dev.weir.protocols.http1.conformance;

import static dev.weir.protocols.http1.conformance.Answer.ok;
import static dev.weir.protocols.http1.conformance.Answer.status;
import static dev.weir.protocols.http1.conformance.Case.given;

import java.util.List;

/** The field Host: once, and valid. */
final class HostCases {
    private HostCases() {}

    private static String host(String value) {
        return "GET / HTTP/1.1\r\nHost: " + value + "\r\n\r\n";
    }

    static List<Case> all() {
        return List.of(
                given("9112 3.2", "a host", host("a.example")).goesOn(ok("GET / host=a.example")),
                given("9112 3.2", "a host and a port", host("a.example:8080")).goesOn(ok("GET / host=a.example:8080")),
                given("9112 3.2", "the name in capitals", "GET / HTTP/1.1\r\nHOST: a\r\n\r\n")
                        .goesOn(ok("GET / host=a")),
                given("3986 3.2.3", "an empty port", host("a:")).goesOn(ok("GET / host=a:")),
                given("3986 3.2.2", "an IPv4 address", host("127.0.0.1:80")).goesOn(ok("GET / host=127.0.0.1:80")),
                given("3986 3.2.2", "an IPv6 address", host("[::1]")).goesOn(ok("GET / host=[::1]")),
                given("3986 3.2.2", "an IPv6 address and a port", host("[::1]:80"))
                        .goesOn(ok("GET / host=[::1]:80")),
                given("3986 3.2.2", "a host with a percent-encoded byte", host("a%2Eb"))
                        .goesOn(ok("GET / host=a%2Eb")),
                given("3986 3.2.2", "an underscore", host("a_b")).goesOn(ok("GET / host=a_b")),
                given("9112 3.2", "none", "GET / HTTP/1.1\r\n\r\n").closes(status(400)),
                given("9112 3.2", "none among others", "GET / HTTP/1.1\r\nX-Host: a\r\n\r\n")
                        .closes(status(400)),
                given("9112 3.2", "two", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")
                        .closes(status(400)),
                given("9112 3.2", "two that are equal", "GET / HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n")
                        .closes(status(400)),
                given("9112 3.2", "two in HTTP/1.0", "GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n")
                        .closes(status(400)),
                given("9110 4.2.1", "an empty one", host("")).closes(status(400)),
                given("9112 3.2", "a list", host("a, b")).closes(status(400)),
                given("9112 3.2", "a space in it", host("a b")).closes(status(400)),
                given("9112 3.2", "a path", host("a/b")).closes(status(400)),
                given("9112 3.2", "a URI", host("http://a/")).closes(status(400)),
                given("9110 4.2.4", "user information", host("me@a")).closes(status(400)),
                given("9112 3.2", "a port that is no number", host("a:b")).closes(status(400)),
                given("9112 3.2", "a negative port", host("a:-1")).closes(status(400)),
                given("9112 3.2", "a port out of range", host("a:65536")).closes(status(400)),
                given("9112 3.2", "a port and no host", host(":80")).closes(status(400)),
                given("3986 3.2.2", "an IPv6 address without brackets", host("::1"))
                        .closes(status(400)),
                given("3986 3.2.2", "an IPv6 address without its end", host("[::1"))
                        .closes(status(400)),
                given("3986 3.2.2", "brackets with nothing in them", host("[]")).closes(status(400)),
                given("3986 3.2.2", "something behind the brackets", host("[::1]a"))
                        .closes(status(400)),
                given("3986 2.1", "a percent sign without digits", host("a%2")).closes(status(400)),
                given("3986 3.2.2", "a byte beyond ASCII", host("\u00e9")).closes(status(400)));
    }
}
