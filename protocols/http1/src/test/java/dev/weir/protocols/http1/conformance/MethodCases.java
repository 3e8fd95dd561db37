package dev.weir.protocols.http1.conformance;

import static dev.weir.protocols.http1.conformance.Answer.ok;
import static dev.weir.protocols.http1.conformance.Answer.status;
import static dev.weir.protocols.http1.conformance.Case.given;

import java.util.List;

/** Methods are the protocol's matter, but for what they mean for framing; and Upgrade is surfaced to it. */
final class MethodCases {
    private MethodCases() {}

    private static String line(String methodAndTarget) {
        return methodAndTarget + " HTTP/1.1\r\nHost: a\r\n\r\n";
    }

    private static String offer(String target, String lines) {
        return "GET " + target + " HTTP/1.1\r\nHost: a\r\n" + lines + "\r\n";
    }

    static List<Case> all() {
        Answer switching = status(101)
                .has("Upgrade: echo")
                .has("Connection: upgrade")
                .lacks("Content-Length")
                .lacks("Transfer-Encoding");
        return List.of(
                given("9110 9.3.4", "PUT", line("PUT /1")).goesOn(ok("PUT /1 host=a")),
                given("9110 9.3.5", "DELETE", line("DELETE /1")).goesOn(ok("DELETE /1 host=a")),
                given("9110 9.3.7", "OPTIONS", line("OPTIONS /1")).goesOn(ok("OPTIONS /1 host=a")),
                given("9110 9.3.8", "TRACE", line("TRACE /1")).goesOn(ok("TRACE /1 host=a")),
                given("5789 2", "PATCH", line("PATCH /1")).goesOn(ok("PATCH /1 host=a")),
                given("9110 9.3.2", "a method that only begins like HEAD", line("HEADER /1"))
                        .goesOn(ok("HEADER /1 host=a")),
                given("9110 9.3.2", "head is not HEAD", line("head /1")).goesOn(ok("head /1 host=a")),
                given(
                                "9110 7.8",
                                "an upgrade that is taken",
                                offer("/upgrade", "Connection: Upgrade\r\nUpgrade: echo\r\n"))
                        .switches(switching),
                given(
                                "9110 7.8",
                                "an upgrade behind a request",
                                line("GET /1") + offer("/upgrade", "Connection: Upgrade\r\nUpgrade: echo\r\n"))
                        .switches(ok("GET /1 host=a"), switching),
                given(
                                "9110 7.8",
                                "offers are told as they are sent",
                                offer("/offer", "Connection: keep-alive, Upgrade\r\nUpgrade: a/1, b\r\nUpgrade: c\r\n"))
                        .goesOn(ok("offer=a/1, b, c")),
                given(
                                "9110 7.8",
                                "an upgrade that is not taken",
                                offer("/1", "Connection: Upgrade\r\nUpgrade: h2c\r\n"))
                        .goesOn(ok("GET /1 host=a")),
                given("9110 7.8", "an upgrade that Connection does not name", offer("/offer", "Upgrade: echo\r\n"))
                        .goesOn(ok("offer=")),
                given(
                                "9110 7.8",
                                "Connection names an upgrade that is not there",
                                offer("/offer", "Connection: Upgrade\r\n"))
                        .goesOn(ok("offer=")),
                given(
                                "9110 7.8",
                                "an upgrade in HTTP/1.0 is ignored",
                                "GET /offer HTTP/1.0\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n")
                        .closes(ok("offer=")),
                given("9110 15.5.22", "an upgrade that is missing", line("GET /upgrade"))
                        .goesOn(status(426).body("upgrade")));
    }
}
