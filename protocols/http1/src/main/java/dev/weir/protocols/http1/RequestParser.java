package dev.weir.protocols.http1;

import dev.weir.codec.ProtocolViolation;

/**
 * Reads the head of a request whose end is known, strictly: what two readers might understand differently is refused, for so requests
 * are smuggled past a proxy (RFC 9112, 11.2). One per loop, over whose arrays it reads.
 */
final class RequestParser {
    /** A Content-Length from here on is more than any server takes, and one digit more of it is still a long. */
    private static final long LONGEST = 100_000_000_000_000_000L;

    private static final String[] SCHEMES = {"http://", "https://"};
    private static final String VERSION = "HTTP/1.1";

    private final HttpLimits limits;

    private byte[] in;
    private HttpRequest request;

    // What the fields of the head say of its framing.
    private int hosts;
    private boolean hasLength;
    private long length;
    private boolean isChunked;
    private boolean hasClose;
    private boolean hasKeepAlive;
    private boolean hasUpgradeToken;
    private boolean hasUpgrade;
    private boolean expects;
    private int minor;

    RequestParser(HttpLimits limits) {
        this.limits = limits;
    }

    /**
     * Reads a head.
     *
     * @param bytes where it is, from the first on
     * @param end after the empty line that ends it; every line before ends with CR LF
     * @param into what it is shown by
     */
    void head(byte[] bytes, int end, HttpRequest into) throws ProtocolViolation {
        begin(bytes, into);
        int lineEnd = Places.indexOf(in, 0, end, (byte) '\r');
        if (in[lineEnd + 1] != '\n') {
            throw Refusal.badRequest("A carriage return stands alone in the request line (RFC 9112, 2.2).");
        }
        requestLine(0, lineEnd);
        fields(lineEnd + 2, end, true);
        check();
        // With a body nobody knows where it ends and the new protocol begins: the offer is ignored (RFC 9110, 7.8
        // allows that).
        boolean hasBody = isChunked || length > 0;
        request.framing(
                isChunked ? HttpRequest.UNKNOWN_LENGTH : length,
                minor == 1 ? !hasClose : hasKeepAlive && !hasClose,
                expects && minor == 1,
                hasUpgradeToken && hasUpgrade && minor == 1 && !hasBody);
        if (hasBody && request.isMethod("CONNECT")) {
            throw Refusal.badRequest("CONNECT has no body (RFC 9110, 9.3.6).");
        }
    }

    /** Reads the trailer fields of a body, up to the empty line that ends them. */
    void trailers(byte[] bytes, int end, HttpRequest into) throws ProtocolViolation {
        begin(bytes, into);
        request.trailersFollow();
        fields(0, end, false);
    }

    private void begin(byte[] bytes, HttpRequest into) {
        in = bytes;
        request = into;
        request.begin(bytes);
        hosts = 0;
        hasLength = false;
        length = 0;
        isChunked = false;
        hasClose = false;
        hasKeepAlive = false;
        hasUpgradeToken = false;
        hasUpgrade = false;
        expects = false;
    }

    // ---- RFC 9112, 3: request-line = method SP request-target SP HTTP-version

    private void requestLine(int start, int end) throws ProtocolViolation {
        int at = start;
        while (at < end && Characters.isToken(in[at])) {
            at++;
        }
        if (at == start || at == end || in[at] != ' ') {
            throw Refusal.badRequest("The request line does not begin with a method and one space (RFC 9112, 3).");
        }
        int methodEnd = at;
        int targetStart = at + 1;
        at = targetStart;
        while (at < end && Characters.isTarget(in[at])) {
            at++;
        }
        int targetEnd = at;
        if (targetEnd == targetStart || at == end || in[at] != ' ') {
            throw Refusal.badRequest(
                    "The request's target is empty, has a character that no URI may hold, or is not followed by one space and the"
                            + " version (RFC 9112, 3.2).");
        }
        version(at + 1, end);
        request.requestLine(methodEnd, targetStart, targetEnd, minor);
        target(start, methodEnd, targetStart, targetEnd);
    }

    private void version(int start, int end) throws ProtocolViolation {
        boolean isVersion = end - start == VERSION.length()
                && Places.equal(in, start, start + 5, "HTTP/")
                && Characters.isDigit(in[start + 5])
                && in[start + 6] == '.'
                && Characters.isDigit(in[start + 7]);
        if (!isVersion) {
            throw Refusal.badRequest("The request line does not end with HTTP/1.1 or HTTP/1.0 (RFC 9112, 2.3).");
        }
        if (in[start + 5] != '1') {
            throw Refusal.of(505, "Only HTTP/1.1 and HTTP/1.0 are spoken here (RFC 9110, 15.6.6).");
        }
        minor = in[start + 7] == '0' ? 0 : 1;
    }

    private void target(int methodStart, int methodEnd, int start, int end) throws ProtocolViolation {
        if (Places.equal(in, methodStart, methodEnd, "CONNECT")) {
            authority(start, end);
            if (!endsWithPort(start, end)) {
                throw Refusal.badRequest("The target of CONNECT is host and port (RFC 9110, 9.3.6).");
            }
            request.authority(start, end);
            request.path(start, end);
        } else if (in[start] == '/') {
            path(start, end);
        } else if (end - start == 1 && in[start] == '*') {
            if (!Places.equal(in, methodStart, methodEnd, "OPTIONS")) {
                throw Refusal.badRequest("The target * is for OPTIONS only (RFC 9112, 3.2.4).");
            }
            request.path(start, end);
        } else {
            absolute(start, end);
        }
    }

    /** RFC 9112, 3.2.2: absolute-form, whose authority stands over the field Host. */
    private void absolute(int start, int end) throws ProtocolViolation {
        int authority = afterScheme(start, end);
        int at = authority;
        while (at < end && in[at] != '/' && in[at] != '?') {
            at++;
        }
        authority(authority, at);
        request.authority(authority, at);
        if (at == end || in[at] == '?') {
            // No path is the root. Nothing in the target says so: it is the empty path, then.
            request.path(at, at);
            return;
        }
        path(at, end);
    }

    private int afterScheme(int start, int end) throws ProtocolViolation {
        for (String scheme : SCHEMES) {
            int after = start + scheme.length();
            if (after < end && Places.equalIgnoringCase(in, start, after, scheme)) {
                return after;
            }
        }
        throw Refusal.badRequest(
                "The target is neither a path that begins with a slash nor an http URI (RFC 9112, 3.2).");
    }

    /** RFC 9110, 4.2.4: no user information; RFC 9110, 4.2.1: no empty host. */
    private void authority(int start, int end) throws ProtocolViolation {
        if (!isHost(start, end)) {
            throw Refusal.badRequest("The target's host is empty or none (RFC 9110, 4.2.1).");
        }
    }

    /** Of a valid authority: whether its port is there. */
    private boolean endsWithPort(int start, int end) {
        int at = end;
        while (at > start && Characters.isDigit(in[at - 1])) {
            at--;
        }
        return at < end && at > start && in[at - 1] == ':';
    }

    private void path(int start, int end) throws ProtocolViolation {
        int at = start;
        for (; at < end && in[at] != '?'; at++) {
            if (in[at] == '%' && !isPercentEncoded(at, end)) {
                throw Refusal.badRequest(
                        "A percent sign in the path is not followed by two hexadecimal digits (RFC 3986, 2.1).");
            }
        }
        request.path(start, at);
    }

    private boolean isPercentEncoded(int at, int end) {
        return at + 2 < end && Characters.hex(in[at + 1]) >= 0 && Characters.hex(in[at + 2]) >= 0;
    }

    // ---- RFC 9112, 5: field-line = field-name ":" OWS field-value OWS

    private void fields(int start, int end, boolean ofHead) throws ProtocolViolation {
        int at = start;
        while (in[at] != '\r') {
            if (request.fields() == limits.fields()) {
                throw Refusal.of(
                        431, "More than " + limits.fields() + " header fields (codec.max-fields; RFC 6585, 5).");
            }
            at = field(at, end, ofHead);
        }
        if (at + 2 != end) {
            throw Refusal.badRequest("A carriage return stands alone (RFC 9112, 2.2).");
        }
    }

    /** @return where the next line begins */
    private int field(int start, int end, boolean ofHead) throws ProtocolViolation {
        int at = start;
        while (Characters.isToken(in[at])) {
            at++;
        }
        int nameEnd = at;
        if (nameEnd == start || in[at] != ':') {
            throw noName(start, at);
        }
        at++;
        while (isBlank(in[at])) {
            at++;
        }
        int valueStart = at;
        at = Places.endOfField(in, at, end);
        if (in[at] != '\r' || at + 1 >= end || in[at + 1] != '\n') {
            throw Refusal.badRequest(
                    "Header field " + (request.fields() + 1)
                            + " holds a control character, such as a zero byte or a carriage return that stands alone (RFC 9110, 5.5).");
        }
        int valueEnd = at;
        while (valueEnd > valueStart && isBlank(in[valueEnd - 1])) {
            valueEnd--;
        }
        request.field(start, nameEnd, valueStart, valueEnd);
        if (ofHead) {
            understand(start, nameEnd, valueStart, valueEnd);
        }
        return at + 2;
    }

    private ProtocolViolation noName(int start, int at) {
        byte stop = in[at];
        String which = "Header line " + (request.fields() + 1);
        if (isBlank(stop)) {
            return at == start
                    ? Refusal.badRequest(
                            which + " begins with white space: folded lines are not taken (RFC 9112, 5.2).")
                    : Refusal.badRequest(which + " has white space before its colon (RFC 9112, 5.1).");
        }
        return Refusal.badRequest(which + " has no name and colon, or a name that is no token (RFC 9110, 5.1).");
    }

    private static boolean isBlank(byte c) {
        return c == ' ' || c == '\t';
    }

    /** The fields on which the framing hangs are told by length and name. */
    private void understand(int start, int nameEnd, int valueStart, int valueEnd) throws ProtocolViolation {
        switch (nameEnd - start) {
            case 4 -> {
                if (is(start, nameEnd, "host")) {
                    host(valueStart, valueEnd);
                }
            }
            case 6 -> {
                if (is(start, nameEnd, "expect")) {
                    expect(valueStart, valueEnd);
                }
            }
            case 7 -> hasUpgrade |= is(start, nameEnd, "upgrade");
            case 10 -> {
                if (is(start, nameEnd, "connection")) {
                    connection(valueStart, valueEnd);
                }
            }
            case 14 -> {
                if (is(start, nameEnd, "content-length")) {
                    contentLength(valueStart, valueEnd);
                }
            }
            case 17 -> {
                if (is(start, nameEnd, "transfer-encoding")) {
                    transferEncoding(valueStart, valueEnd);
                }
            }
            default -> {
                // Of no meaning here.
            }
        }
    }

    private boolean is(int start, int end, String name) {
        return Places.equalIgnoringCase(in, start, end, name);
    }

    /** RFC 9112, 3.2: one, and valid. */
    private void host(int start, int end) throws ProtocolViolation {
        hosts++;
        if (hosts > 1) {
            throw Refusal.badRequest("There is more than one field Host (RFC 9112, 3.2).");
        }
        if (!isHost(start, end)) {
            throw Refusal.badRequest("The field Host holds no host, with or without a port (RFC 9112, 3.2).");
        }
        request.host(request.fields() - 1);
    }

    /** uri-host [ ":" port ], without user information. */
    private boolean isHost(int start, int end) {
        int at = start;
        if (at < end && in[at] == '[') {
            at = Places.indexOf(in, at, end, (byte) ']') + 1;
            if (at <= start + 2) {
                return false;
            }
            for (int i = start + 1; i < at - 1; i++) {
                byte c = in[i];
                if (!Characters.isHost(c) || c == '[' || c == '%') {
                    return false;
                }
            }
        } else {
            while (at < end && in[at] != ':') {
                byte c = in[at];
                if (!Characters.isHost(c) || c == '[' || c == ']' || (c == '%' && !isPercentEncoded(at, end))) {
                    return false;
                }
                at++;
            }
            if (at == start) {
                return false;
            }
        }
        return isPort(at, end);
    }

    private boolean isPort(int start, int end) {
        if (start == end) {
            return true;
        }
        if (in[start] != ':') {
            return false;
        }
        int port = 0;
        for (int i = start + 1; i < end; i++) {
            if (!Characters.isDigit(in[i]) || port > 0xFFFF) {
                return false;
            }
            port = port * 10 + in[i] - '0';
        }
        return port <= 0xFFFF;
    }

    /** RFC 9110, 8.6: one number. A list of equal ones, which may be taken for one, is refused: nobody sends it in earnest. */
    private void contentLength(int start, int end) throws ProtocolViolation {
        if (hasLength) {
            throw Refusal.badRequest("There is more than one field Content-Length (RFC 9112, 6.3).");
        }
        hasLength = true;
        if (start == end) {
            throw Refusal.badRequest("The field Content-Length is empty (RFC 9110, 8.6).");
        }
        length = 0;
        for (int i = start; i < end; i++) {
            byte c = in[i];
            if (!Characters.isDigit(c)) {
                throw Refusal.badRequest("The field Content-Length is no number of digits (RFC 9110, 8.6).");
            }
            if (length >= LONGEST) {
                throw Refusal.of(413, "The field Content-Length says more than any server takes (RFC 9110, 8.6).");
            }
            length = length * 10 + c - '0';
        }
    }

    /** RFC 9112, 6.1 and 6.3: chunked alone is spoken here. */
    private void transferEncoding(int start, int end) throws ProtocolViolation {
        if (isChunked) {
            throw Refusal.badRequest("There is more than one field Transfer-Encoding (RFC 9112, 6.1).");
        }
        if (is(start, end, "chunked")) {
            isChunked = true;
            return;
        }
        if (endsWithChunked(start, end)) {
            throw Refusal.of(501, "No transfer coding but chunked is understood (RFC 9112, 6.1).");
        }
        throw Refusal.badRequest("The last transfer coding of a request must be chunked (RFC 9112, 6.3).");
    }

    private boolean endsWithChunked(int start, int end) {
        int comma = end - 1;
        while (comma >= start && in[comma] != ',') {
            comma--;
        }
        int first = comma + 1;
        while (first < end && isBlank(in[first])) {
            first++;
        }
        return comma > start && is(first, end, "chunked") && !mentionsChunked(start, comma);
    }

    /** Whether chunked is named before the last coding: applied twice it is an error, not a lack. */
    private boolean mentionsChunked(int start, int end) {
        int from = start;
        while (from < end) {
            int to = Places.indexOf(in, from, end, (byte) ',');
            to = to < 0 ? end : to;
            if (isTrimmed(from, to, "chunked")) {
                return true;
            }
            from = to + 1;
        }
        return false;
    }

    /** RFC 9110, 7.6.1: a list of tokens. */
    private void connection(int start, int end) {
        int from = start;
        while (from < end) {
            int to = Places.indexOf(in, from, end, (byte) ',');
            to = to < 0 ? end : to;
            hasClose |= isTrimmed(from, to, "close");
            hasKeepAlive |= isTrimmed(from, to, "keep-alive");
            hasUpgradeToken |= isTrimmed(from, to, "upgrade");
            from = to + 1;
        }
    }

    private boolean isTrimmed(int start, int end, String token) {
        int first = start;
        int last = end;
        while (first < last && isBlank(in[first])) {
            first++;
        }
        while (last > first && isBlank(in[last - 1])) {
            last--;
        }
        return is(first, last, token);
    }

    /** RFC 9110, 10.1.1. */
    private void expect(int start, int end) throws ProtocolViolation {
        if (!is(start, end, "100-continue")) {
            throw Refusal.of(417, "No expectation but 100-continue is understood (RFC 9110, 10.1.1).");
        }
        expects = true;
    }

    private void check() throws ProtocolViolation {
        if (minor == 1 && hosts == 0) {
            throw Refusal.badRequest("The field Host is missing (RFC 9112, 3.2).");
        }
        if (isChunked && hasLength) {
            throw Refusal.badRequest("There are both Transfer-Encoding and Content-Length (RFC 9112, 6.1).");
        }
        if (isChunked && minor == 0) {
            throw Refusal.badRequest("HTTP/1.0 has no Transfer-Encoding (RFC 9112, 6.1).");
        }
    }
}
