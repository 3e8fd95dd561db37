package dev.weir.protocols.http1.conformance;

import static dev.weir.protocols.http1.conformance.Answer.ok;
import static dev.weir.protocols.http1.conformance.Answer.status;
import static dev.weir.protocols.http1.conformance.Case.given;

import java.util.List;

/** Versions, older and newer ones and none. */
final class VersionCases {
    private static final String HOST = "\r\nHost: a\r\n\r\n";

    private VersionCases() {}

    private static String get(String version) {
        return "GET / " + version + HOST;
    }

    static List<Case> all() {
        return List.of(
                given("9112 9.3", "HTTP/1.1 keeps the connection and does not say so", get("HTTP/1.1"))
                        .goesOn(ok("GET / host=a").lacks("Connection")),
                given("9112 9.3", "HTTP/1.0 does not keep it", get("HTTP/1.0"))
                        .closes(ok("GET / host=a").has("Connection: close")),
                given(
                                "9112 C.2.2",
                                "HTTP/1.0 keeps it where it is asked to",
                                "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n")
                        .goesOn(ok("GET / host=").has("Connection: keep-alive")),
                given(
                                "9112 C.2.2",
                                "HTTP/1.0 that asks for both",
                                "GET / HTTP/1.0\r\nConnection: keep-alive, close\r\n\r\n")
                        .closes(ok("GET / host=").has("Connection: close")),
                given("9112 3.2", "HTTP/1.0 needs no Host", "GET / HTTP/1.0\r\n\r\n")
                        .closes(ok("GET / host=")),
                given("9110 2.5", "a later minor version is taken for 1.1", get("HTTP/1.2"))
                        .goesOn(ok("GET / host=a")),
                given("9110 2.5", "the last minor version", get("HTTP/1.9")).goesOn(ok("GET / host=a")),
                given("9110 15.6.6", "a later major version", get("HTTP/2.0")).closes(status(505)),
                given("9110 15.6.6", "a version before the first", get("HTTP/0.9"))
                        .closes(status(505)),
                given("9113 3.4", "the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
                        .closes(status(505)),
                given("9112 2.3", "no version, as in HTTP/0.9", "GET /\r\n\r\n").closes(status(400)),
                given("9112 2.3", "the name is case-sensitive", get("http/1.1")).closes(status(400)),
                given("9112 2.3", "no minor version", get("HTTP/1")).closes(status(400)),
                given("9112 2.3", "an empty minor version", get("HTTP/1.")).closes(status(400)),
                given("9112 2.3", "two digits of a minor version", get("HTTP/1.10"))
                        .closes(status(400)),
                given("9112 2.3", "two digits of a major version", get("HTTP/01.1"))
                        .closes(status(400)),
                given("9112 2.3", "a comma in the version", get("HTTP/1,1")).closes(status(400)),
                given("9112 2.3", "a letter in the version", get("HTTP/1.x")).closes(status(400)),
                given("9112 2.3", "another name", get("HTTQ/1.1")).closes(status(400)),
                given("9112 2.3", "another protocol", get("RTSP/1.0")).closes(status(400)),
                given("9112 2.3", "a space in the version", get("HTTP/ 1.1")).closes(status(400)));
    }
}
