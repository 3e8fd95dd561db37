package dev.weir.protocols.http1;

import dev.weir.codec.ProtocolViolation;

/** What a client is told that sent what HTTP or a limit forbids. The connection ends after it: where the next request would begin nobody knows. */
final class Refusal {
    private Refusal() {}

    /**
     * 400.
     *
     * @param what the mistake, and the rule
     */
    static ProtocolViolation badRequest(String what) {
        return of(400, what);
    }

    /** @param what the mistake, and the rule or limit */
    static ProtocolViolation of(int status, String what) {
        return new ProtocolViolation(status + ": " + what, response(status, what));
    }

    static HttpResponse response(int status, String what) {
        return HttpResponse.text(status, status + " " + HttpStatus.reason(status) + "\n\n" + what + "\n")
                .close();
    }
}
