package dev.weir.protocols.http1.conformance;

import static dev.weir.protocols.http1.conformance.Answer.ok;
import static dev.weir.protocols.http1.conformance.Answer.status;
import static dev.weir.protocols.http1.conformance.Case.given;

import java.util.List;

/** The four forms of a target, and the URIs in them. */
final class TargetCases {
    private TargetCases() {}

    private static String get(String target) {
        return line("GET " + target);
    }

    private static String line(String methodAndTarget) {
        return methodAndTarget + " HTTP/1.1\r\nHost: a\r\n\r\n";
    }

    static List<Case> all() {
        return List.of(
                given("9112 3.2.1", "origin-form with a query", get("/parts?q=1"))
                        .goesOn(ok("path=/parts query=q=1 q=1")),
                given("9112 3.2.1", "an empty query", get("/parts?")).goesOn(ok("path=/parts query= q=none")),
                given("3986 3.4", "a question mark and a slash in a query", get("/parts?q=a?b/c"))
                        .goesOn(ok("path=/parts query=q=a?b/c q=a?b/c")),
                given("3986 2.1", "percent signs in a query are its reader's matter", get("/parts?q=%zz"))
                        .goesOn(ok("path=/parts query=q=%zz q=none")),
                given("3986 2.1", "a percent-encoded query", get("/parts?q=%41+b"))
                        .goesOn(ok("path=/parts query=q=%41+b q=A b")),
                given("9112 3.2.1", "a path that begins with two slashes", get("//b/c"))
                        .goesOn(ok("GET //b/c host=a")),
                given("3986 3.3", "dots in a path are left alone", get("/a/../b/./c"))
                        .goesOn(ok("GET /a/../b/./c host=a")),
                given("3986 2.1", "a percent-encoded path is left alone", get("/%41%2f%00"))
                        .goesOn(ok("GET /%41%2f%00 host=a")),
                given("3986 2.1", "a percent sign without digits", get("/%zz")).closes(status(400)),
                given("3986 2.1", "a percent sign with one digit", get("/%4")).closes(status(400)),
                given("3986 2.1", "a percent sign at the end", get("/%")).closes(status(400)),
                given("3986 2.1", "a percent sign, its digits in the query", get("/%?41"))
                        .closes(status(400)),
                given("9112 3.2", "signs that clients do not encode", get("/a|b\\{c}\"^`<>"))
                        .goesOn(ok("GET /a|b\\{c}\"^`<> host=a")),
                given("9110 4.2.5", "a fragment", get("/a#b")).closes(status(400)),
                given("9112 3.2.1", "a path without its slash", get("index.html"))
                        .closes(status(400)),
                given("9112 3.2.2", "absolute-form: its authority stands over Host", get("http://b.example/c"))
                        .goesOn(ok("GET http://b.example/c host=b.example")),
                given("9112 3.2.2", "absolute-form with a port", get("http://b.example:81/c"))
                        .goesOn(ok("GET http://b.example:81/c host=b.example:81")),
                given("9112 3.2.2", "absolute-form without a path", get("http://b.example"))
                        .goesOn(ok("GET http://b.example host=b.example")),
                given("9112 3.2.2", "absolute-form, a query and no path", get("http://b.example?q=1"))
                        .goesOn(ok("GET http://b.example?q=1 host=b.example")),
                given("9110 4.2.3", "schemes are in whatever case", get("HTTPS://b.example/"))
                        .goesOn(ok("GET HTTPS://b.example/ host=b.example")),
                given("3986 3.2.2", "absolute-form with an IPv6 address", get("http://[::1]:81/"))
                        .goesOn(ok("GET http://[::1]:81/ host=[::1]:81")),
                given("9112 3.2.2", "absolute-form without Host", "GET http://b.example/ HTTP/1.1\r\n\r\n")
                        .closes(status(400)),
                given("9112 3.2.2", "absolute-form of another scheme", get("ftp://b.example/"))
                        .closes(status(400)),
                given("9110 4.2.4", "absolute-form with user information", get("http://me@b.example/"))
                        .closes(status(400)),
                given("9110 4.2.1", "absolute-form without a host", get("http:///c"))
                        .closes(status(400)),
                given("9110 4.2.1", "absolute-form with a port and no host", get("http://:80/c"))
                        .closes(status(400)),
                given("9112 3.2.2", "absolute-form with a port that is no number", get("http://b:8x/"))
                        .closes(status(400)),
                given("3986 3.2.2", "absolute-form with half an IPv6 address", get("http://[::1/"))
                        .closes(status(400)),
                given("9112 3.2.2", "a scheme alone", get("http://")).closes(status(400)),
                given("9112 3.2.4", "asterisk-form with OPTIONS", line("OPTIONS *"))
                        .goesOn(ok("OPTIONS * host=a")),
                given("9112 3.2.4", "asterisk-form with another method", get("*"))
                        .closes(status(400)),
                given("9112 3.2.4", "two asterisks", line("OPTIONS **")).closes(status(400)),
                given("9112 3.2.3", "authority-form with another method", get("b.example:80"))
                        .closes(status(400)),
                given("9110 9.3.6", "CONNECT that is accepted", line("CONNECT ok.example:443"))
                        .switches(status(200).bare().lacks("Content-Length").lacks("Transfer-Encoding")),
                given("9110 9.3.6", "CONNECT that is not accepted", line("CONNECT no.example:443"))
                        .closes(status(403).body("no").has("Connection: close")),
                given("9112 3.2.3", "CONNECT without a port", line("CONNECT ok.example"))
                        .closes(status(400)),
                given("9110 9.3.6", "CONNECT with an empty port", line("CONNECT ok.example:"))
                        .closes(status(400)),
                given("9112 3.2.3", "CONNECT to an IPv6 address without a port", line("CONNECT [::1]"))
                        .closes(status(400)),
                given("9110 9.3.6", "CONNECT with a port out of range", line("CONNECT ok.example:65536"))
                        .closes(status(400)),
                given("9112 3.2.3", "CONNECT to a path", line("CONNECT /a")).closes(status(400)),
                given("9112 3.2.3", "CONNECT to a URI", line("CONNECT http://ok.example:443/"))
                        .closes(status(400)));
    }
}
