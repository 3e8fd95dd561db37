package dev.weir.protocols.http1.conformance;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Bytes from a client, and what it must get for them.
 *
 * @param section where it is written: "9112 3.2" is RFC 9112, section 3.2
 * @param name what the case is about
 * @param in the bytes, each one character
 * @param answers what comes back, in order
 * @param end what becomes of the connection
 */
record Case(String section, String name, String in, List<Answer> answers, End end) {

    /** What becomes of a connection after a case. */
    enum End {
        /** It goes on: a further request is answered. */
        OPEN,
        /** The server ends it, and does not answer a further request. */
        CLOSED,
        /** The client ends its half at once, in the middle of a request; the server then ends it. */
        CUT,
        /** It goes on in another protocol, which gives back what it gets. */
        SWITCHED
    }

    /** What a client sends after its bytes, where that is of use. */
    static final String PROBE = "GET /probe HTTP/1.1\r\nHost: p\r\n\r\n";

    /** Begins a case. */
    static Given given(String section, String name, String in) {
        return new Given(section, name, in);
    }

    /** A case whose answers are still to be told. */
    record Given(String section, String name, String in) {
        Case goesOn(Answer... answers) {
            return new Case(section, name, in, List.of(answers), End.OPEN);
        }

        Case closes(Answer... answers) {
            return new Case(section, name, in, List.of(answers), End.CLOSED);
        }

        Case isCut(Answer... answers) {
            return new Case(section, name, in, List.of(answers), End.CUT);
        }

        Case switches(Answer... answers) {
            return new Case(section, name, in, List.of(answers), End.SWITCHED);
        }
    }

    /** All that the client sends. */
    byte[] bytes() {
        return (end == End.CUT ? in : in + PROBE).getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        return name + " (RFC " + section.replace(" ", ", ") + ")";
    }
}
