package dev.weir.protocols.http1.conformance;

import static dev.weir.protocols.http1.conformance.Answer.ok;
import static dev.weir.protocols.http1.conformance.Answer.status;
import static dev.weir.protocols.http1.conformance.Case.given;

import java.util.List;

/** How long a connection goes on, and the order of answers on it. */
final class PersistenceCases {
    private PersistenceCases() {}

    private static String get(String target) {
        return get(target, "");
    }

    /** @param lines field lines, with their ends */
    private static String get(String target, String lines) {
        return "GET " + target + " HTTP/1.1\r\nHost: a\r\n" + lines + "\r\n";
    }

    static List<Case> all() {
        Answer one = ok("GET /1 host=a");
        Answer last = one.has("Connection: close");
        return List.of(
                given("9112 9.3.2", "requests that are sent ahead", get("/1") + get("/2") + get("/3"))
                        .goesOn(one, ok("GET /2 host=a"), ok("GET /3 host=a")),
                given("9112 9.3.2", "answers that are ready in another order", get("/hold") + get("/hold") + get("/go"))
                        .goesOn(ok("held 1"), ok("held 2"), ok("gone")),
                given("9112 9.3.2", "an answer in parts, and one behind it", get("/hold") + get("/stream") + get("/go"))
                        .goesOn(ok("held 1"), ok("abcd"), ok("gone")),
                given(
                                "9112 9.3.2",
                                "an early word in the order of the answers",
                                get("/hold") + get("/early") + get("/go"))
                        .goesOn(ok("held 1"), status(103), ok("early"), ok("gone")),
                given(
                                "9112 9.3.2",
                                "a refusal waits for the answers before it",
                                get("/hold") + get("/go") + "BAD\r\n\r\n")
                        .closes(ok("held 1"), ok("gone"), status(400)),
                given("9112 9.3.2", "a bad request behind a good one", get("/1") + "BAD\r\n\r\n")
                        .closes(one, status(400)),
                given(
                                "9112 9.3.2",
                                "bodies between the requests",
                                "POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nok"
                                        + "POST /2 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nno\r\n0\r\n\r\n"
                                        + get("/1"))
                        .goesOn(ok("POST /1 host=a body=ok"), ok("POST /2 host=a body=no"), one),
                given("9112 9.3.2", "HEAD among others", "HEAD /1 HTTP/1.1\r\nHost: a\r\n\r\n" + get("/1"))
                        .goesOn(status(200).bare(), one),
                given("9112 9.6", "the client says close", get("/1", "Connection: close\r\n"))
                        .closes(last),
                given("9110 7.6.1", "options are in whatever case", get("/1", "connection: CLOSE\r\n"))
                        .closes(last),
                given("9110 7.6.1", "close in a list", get("/1", "Connection: X,close , y\r\n"))
                        .closes(last),
                given("9110 7.6.1", "close in one of two fields", get("/1", "Connection: x\r\nConnection: close\r\n"))
                        .closes(last),
                given("9110 7.6.1", "empty elements in the list", get("/1", "Connection: , ,close,\r\n"))
                        .closes(last),
                given("9112 9.3", "close stands over keep-alive", get("/1", "Connection: keep-alive, close\r\n"))
                        .closes(last),
                given(
                                "9110 7.6.1",
                                "an option that only ends like close",
                                get("/1", "Connection: disclose, close-not\r\n"))
                        .goesOn(one),
                given("9112 9.3", "keep-alive in HTTP/1.1 says nothing new", get("/1", "Connection: keep-alive\r\n"))
                        .goesOn(one.lacks("Connection")),
                given("9112 9.6", "nothing is answered behind close", get("/1", "Connection: close\r\n") + get("/2"))
                        .closes(last),
                given("9112 9.6", "a bad request behind close", get("/1", "Connection: close\r\n") + "BAD\r\n\r\n")
                        .closes(last),
                given("9112 9.6", "the server says close", get("/close"))
                        .closes(ok("closing").has("Connection: close")),
                given("9112 9.6", "the end comes behind a request", get("/1")).isCut(one),
                given(
                                "9112 9.6",
                                "the end comes behind requests that were sent ahead",
                                get("/1").repeat(9))
                        .isCut(one, one, one, one, one, one, one, one, one),
                given("9112 9.6", "the end comes at once", "").isCut(),
                given("9112 9.6", "the end comes behind an empty line", "\r\n").isCut());
    }
}
