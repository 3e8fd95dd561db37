package dev.weir.benchmarks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an HTTP server answers. Which fields it sends, and in which order, is its own affair: its first answer is looked at here, and
 * every other one must be the same but for the date.
 */
final class HttpAnswer {
    /** As load generators send it. */
    static final String REQUEST = "GET /plaintext HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";

    /** Stands in what is expected for a byte that may be any: those of the date. Answers do not have it. */
    static final byte ANY = 0;

    private static final String END = "\r\n\r\nHello, World!";
    private static final Pattern RIGHT = Pattern.compile(
            "HTTP/1\\.1 200 .*\r\nContent-Length: 13(?=\r\n).*" + END, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern CLOSE = Pattern.compile("\r\nConnection: *close\r\n", Pattern.CASE_INSENSITIVE);
    private static final Pattern DATE = Pattern.compile("\r\nDate: ([^\r]+)\r\n", Pattern.CASE_INSENSITIVE);
    private static final int MOST_BYTES = 4096;
    private static final int SILENCE_MILLIS = 10_000;

    private HttpAnswer() {}

    /**
     * Asks a server once.
     *
     * @return what is to be expected of it from now on
     * @throws WrongReply when it does not answer as it must
     */
    static byte[] ask(InetSocketAddress server) throws IOException {
        try (Socket socket = new Socket(server.getAddress(), server.getPort())) {
            socket.setSoTimeout(SILENCE_MILLIS);
            socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
            byte[] bytes = new byte[MOST_BYTES];
            int length = 0;
            String said = "";
            for (int count = 0; count >= 0 && length < MOST_BYTES && !said.endsWith(END); ) {
                count = socket.getInputStream().read(bytes, length, MOST_BYTES - length);
                length += Math.max(0, count);
                said = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
            }
            return expected(said);
        }
    }

    /**
     * What is to be expected of a server that has answered so.
     *
     * @throws WrongReply when it is no right answer to {@link #REQUEST}
     */
    static byte[] expected(String answer) throws WrongReply {
        if (!RIGHT.matcher(answer).matches() || CLOSE.matcher(answer).find()) {
            throw new WrongReply("the answer to GET /plaintext must have status 200, Content-Length: 13, no"
                    + " Connection: close and the body Hello, World!, and is:\n" + answer);
        }
        byte[] expected = answer.getBytes(StandardCharsets.ISO_8859_1);
        Matcher date = DATE.matcher(answer);
        if (date.find()) {
            Arrays.fill(expected, date.start(1), date.end(1), ANY);
        }
        return expected;
    }
}
