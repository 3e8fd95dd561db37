package dev.weir.protocols.http1;

import java.nio.charset.StandardCharsets;

/** Status codes and their reason phrases (RFC 9110, 15; RFC 6585). */
public final class HttpStatus {
    private static final int FIRST = 100;
    private static final int END = 1000;
    private static final String[] REASONS = new String[END];
    private static final byte[][] LINES = new byte[END][];

    static {
        reason(100, "Continue");
        reason(101, "Switching Protocols");
        reason(103, "Early Hints");
        reason(200, "OK");
        reason(201, "Created");
        reason(202, "Accepted");
        reason(203, "Non-Authoritative Information");
        reason(204, "No Content");
        reason(205, "Reset Content");
        reason(206, "Partial Content");
        reason(300, "Multiple Choices");
        reason(301, "Moved Permanently");
        reason(302, "Found");
        reason(303, "See Other");
        reason(304, "Not Modified");
        reason(307, "Temporary Redirect");
        reason(308, "Permanent Redirect");
        reason(400, "Bad Request");
        reason(401, "Unauthorized");
        reason(402, "Payment Required");
        reason(403, "Forbidden");
        reason(404, "Not Found");
        reason(405, "Method Not Allowed");
        reason(406, "Not Acceptable");
        reason(407, "Proxy Authentication Required");
        reason(408, "Request Timeout");
        reason(409, "Conflict");
        reason(410, "Gone");
        reason(411, "Length Required");
        reason(412, "Precondition Failed");
        reason(413, "Content Too Large");
        reason(414, "URI Too Long");
        reason(415, "Unsupported Media Type");
        reason(416, "Range Not Satisfiable");
        reason(417, "Expectation Failed");
        reason(421, "Misdirected Request");
        reason(422, "Unprocessable Content");
        reason(425, "Too Early");
        reason(426, "Upgrade Required");
        reason(428, "Precondition Required");
        reason(429, "Too Many Requests");
        reason(431, "Request Header Fields Too Large");
        reason(451, "Unavailable For Legal Reasons");
        reason(500, "Internal Server Error");
        reason(501, "Not Implemented");
        reason(502, "Bad Gateway");
        reason(503, "Service Unavailable");
        reason(504, "Gateway Timeout");
        reason(505, "HTTP Version Not Supported");
        reason(511, "Network Authentication Required");
        for (int status = FIRST; status < END; status++) {
            LINES[status] = ("HTTP/1.1 " + status + " " + reason(status) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        }
    }

    private HttpStatus() {}

    private static void reason(int status, String phrase) {
        REASONS[status] = phrase;
    }

    /** The reason phrase of a status from 100 to 999; empty for one that has no name. */
    public static String reason(int status) {
        String phrase = REASONS[check(status)];
        return phrase == null ? "" : phrase;
    }

    /** The status line, with its end. Not to be changed. */
    static byte[] line(int status) {
        return LINES[status];
    }

    static int check(int status) {
        if (status < FIRST || status >= END) {
            throw new IllegalArgumentException("a status is a number from 100 to 999, not " + status);
        }
        return status;
    }
}
