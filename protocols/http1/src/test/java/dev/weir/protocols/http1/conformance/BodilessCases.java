package dev.weir.protocols.http1.conformance;

import static dev.weir.protocols.http1.conformance.Answer.ok;
import static dev.weir.protocols.http1.conformance.Answer.status;
import static dev.weir.protocols.http1.conformance.Case.given;

import java.util.List;

/** How the end of an answer is told, and answers that have no body: to HEAD, and 1xx, 204, 205 and 304. */
final class BodilessCases {
    private static final String LENGTH = "Content-Length";
    private static final String CODING = "Transfer-Encoding";

    private BodilessCases() {}

    private static String get(String target) {
        return "GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n";
    }

    private static String head(String target) {
        return "HEAD " + target + " HTTP/1.1\r\nHost: a\r\n\r\n";
    }

    private static String old(String target, String lines) {
        return "GET " + target + " HTTP/1.0\r\n" + lines + "\r\n";
    }

    static List<Case> all() {
        Answer none = status(204).body("").lacks(LENGTH).lacks(CODING);
        Answer reset = status(205).body("").has("Content-Length: 0").lacks(CODING);
        Answer same = status(304).body("");
        return List.of(
                given("9112 6.2", "a body of known length", get("/1"))
                        .goesOn(ok("GET /1 host=a").has("Content-Length: 13").lacks(CODING)),
                given("9112 6.2", "no body", get("/empty"))
                        .goesOn(ok("").has("Content-Length: 0").lacks(CODING)),
                given("9112 7.1", "a body of unknown length", get("/stream"))
                        .goesOn(ok("abcd").has("Transfer-Encoding: chunked").lacks(LENGTH)),
                given("9112 6.2", "a body in parts, of known length", get("/sized"))
                        .goesOn(ok("abcd").has("Content-Length: 4").lacks(CODING)),
                given("9112 6.3", "a body of unknown length to HTTP/1.0", old("/stream", ""))
                        .closes(ok("abcd")
                                .has("Connection: close")
                                .lacks(LENGTH)
                                .lacks(CODING)),
                given(
                                "9112 6.3",
                                "a body of unknown length to HTTP/1.0 that would keep the connection",
                                old("/stream", "Connection: keep-alive\r\n"))
                        .closes(ok("abcd")
                                .has("Connection: close")
                                .lacks(LENGTH)
                                .lacks(CODING)),
                given(
                                "9112 6.2",
                                "a body in parts, of known length, to HTTP/1.0",
                                old("/sized", "Connection: keep-alive\r\n"))
                        .goesOn(ok("abcd").has("Content-Length: 4").has("Connection: keep-alive")),
                given("9110 9.3.2", "HEAD", head("/1"))
                        .goesOn(status(200).bare().has("Content-Length: 14")),
                given("9110 9.3.2", "HEAD, a body of unknown length", head("/stream"))
                        .goesOn(status(200)
                                .bare()
                                .has("Transfer-Encoding: chunked")
                                .lacks(LENGTH)),
                given("9110 9.3.2", "HEAD, a body in parts", head("/sized"))
                        .goesOn(status(200).bare().has("Content-Length: 4").lacks(CODING)),
                given("9110 8.6", "HEAD, a length without its body", head("/without"))
                        .goesOn(status(200).bare().has("Content-Length: 12345")),
                given("9110 9.3.2", "HEAD, not found", head("/404"))
                        .goesOn(status(404).bare().has("Content-Length: 4")),
                given("9110 9.3.2", "HEAD, no content", head("/204"))
                        .goesOn(status(204).bare().lacks(LENGTH)),
                given("9110 9.3.2", "HEAD, not modified", head("/304"))
                        .goesOn(status(304).bare()),
                given(
                                "9110 9.3.2",
                                "HEAD in HTTP/1.0, a body of unknown length",
                                "HEAD /stream HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
                        .goesOn(status(200).bare().lacks(LENGTH).lacks(CODING)),
                given("9110 9.3.2", "HEAD that is refused", "HEAD / HTTP/1.1\r\n\r\n")
                        .closes(status(400).bare()),
                given("9110 9.3.2", "HEAD that is refused for its lines", "HEAD / HTTP/1.1\nHost: a\n\n")
                        .closes(status(400).bare()),
                given("9110 9.3.2", "HEAD that is refused for its length", "HEAD /" + "x".repeat(600))
                        .closes(status(414).bare()),
                given(
                                "9110 9.3.2",
                                "HEAD with a body that is too large",
                                "HEAD / HTTP/1.1\r\nHost: a\r\nContent-Length: 65\r\n\r\n")
                        .closes(status(413).bare()),
                given("9110 15.3.5", "204", get("/204")).goesOn(none),
                given("9110 15.3.5", "204 of parts", get("/stream204")).goesOn(none),
                given("9110 15.3.6", "205", get("/205")).goesOn(reset),
                given("9110 15.3.6", "205 of parts", get("/stream205")).goesOn(reset),
                given("9110 15.4.5", "304", get("/304")).goesOn(same),
                given("9110 15.4.5", "304 of parts", get("/stream304")).goesOn(same.lacks(LENGTH)),
                given("9110 15.2", "a word before the answer", get("/early"))
                        .goesOn(status(103).has("Link: </a>"), ok("early")),
                given("9110 15.2", "HTTP/1.0 gets no word before the answer", old("/early", ""))
                        .closes(ok("early")));
    }
}
