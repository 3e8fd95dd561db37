package dev.weir.protocols.http1;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Reads answers as a strict client does (RFC 9112, 6.3): whatever is not exactly framed is an {@link AssertionError}. Words before an
 * answer (1xx) are read over.
 */
final class AnswerReader {
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.1 [1-9][0-9]{2} [\\x20-\\x7E]+");
    private static final Pattern FIELD = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+: [\\t\\x20-\\x7E\\x80-\\xFF]*");
    private static final Pattern CHUNK_SIZE = Pattern.compile("[0-9a-f]+");

    /** How a body's end is found. */
    private enum Framing {
        NONE,
        LENGTH,
        CHUNKED,
        END
    }

    /**
     * An answer.
     *
     * @param fields its lines between status line and empty line, but Date
     * @param body one character for each byte
     * @param isWhole false when the bytes ended in it
     * @param isClosing whether it says that no other follows
     */
    record Answer(int status, List<String> fields, String body, boolean isWhole, boolean isClosing) {

        /** The value of the only field of that name; empty when there is none. */
        String field(String name) {
            List<String> values = fields.stream()
                    .filter(field -> field.toLowerCase(Locale.ROOT).startsWith(name + ": "))
                    .map(field -> field.substring(name.length() + 2))
                    .toList();
            if (values.size() > 1) {
                throw new AssertionError("more than one field " + name + ": " + fields);
            }
            return values.isEmpty() ? "" : values.getFirst();
        }
    }

    private final String text;
    private int at;
    private boolean isWhole = true;

    private AnswerReader(String text) {
        this.text = text;
    }

    /**
     * All answers.
     *
     * @param methods the method of each request, in order; what is missing is GET
     */
    static List<Answer> read(byte[] bytes, List<String> methods) {
        AnswerReader reader = new AnswerReader(new String(bytes, StandardCharsets.ISO_8859_1));
        List<Answer> answers = new ArrayList<>();
        while (reader.at < reader.text.length()) {
            if (!answers.isEmpty() && answers.getLast().isClosing()) {
                throw reader.broken("more comes after the last answer");
            }
            Answer answer = reader.answer(answers.size() < methods.size() ? methods.get(answers.size()) : "GET");
            if (answer.status() >= 200 || answer.status() == 101) {
                answers.add(answer);
            }
        }
        return answers;
    }

    private Answer answer(String method) {
        String statusLine = line();
        if (!STATUS_LINE.matcher(statusLine).matches()) {
            throw broken("this is no status line: " + statusLine);
        }
        int status = Integer.parseInt(statusLine.substring(9, 12));
        List<String> fields = new ArrayList<>();
        for (String field = line(); !field.isEmpty(); field = line()) {
            if (!FIELD.matcher(field).matches()) {
                throw broken("this is no field: " + field);
            }
            fields.add(field);
        }
        if (fields.removeIf(field -> field.startsWith("Date: ")) == (status < 200)) {
            throw broken("a final answer has a date, and no other has: " + statusLine);
        }
        Answer head = new Answer(status, List.copyOf(fields), "", true, fields.contains("Connection: close"));
        Framing framing = framing(head, method);
        String body = body(head, framing);
        return new Answer(status, head.fields(), body, isWhole, head.isClosing() || framing == Framing.END || !isWhole);
    }

    private Framing framing(Answer head, String method) {
        String length = head.field("content-length");
        String coding = head.field("transfer-encoding");
        boolean isBare = head.status() < 200 || head.status() == 204;
        if (!length.isEmpty() && !coding.isEmpty()) {
            throw broken("both Content-Length and Transfer-Encoding");
        }
        if (isBare && !(length + coding).isEmpty()) {
            throw broken("a " + head.status() + " says how its body is framed (RFC 9110, 8.6)");
        }
        boolean isTunnel = method.equals("CONNECT") && head.status() / 100 == 2;
        if (isBare || head.status() == 304 || method.equals("HEAD") || isTunnel) {
            return Framing.NONE;
        }
        if (!coding.isEmpty() && !coding.equals("chunked")) {
            throw broken("unknown coding " + coding);
        }
        return coding.isEmpty() ? length.isEmpty() ? Framing.END : Framing.LENGTH : Framing.CHUNKED;
    }

    private String body(Answer head, Framing framing) {
        return switch (framing) {
            case NONE -> "";
            case LENGTH -> bytes(Long.parseLong(head.field("content-length")));
            case CHUNKED -> chunks();
            case END -> bytes(text.length() - at);
        };
    }

    private String chunks() {
        StringBuilder body = new StringBuilder();
        while (true) {
            if (at == text.length()) {
                isWhole = false;
                return body.toString();
            }
            String size = line();
            if (!CHUNK_SIZE.matcher(size).matches()) {
                throw broken("this is no chunk's size: " + size);
            }
            int count = Integer.parseInt(size, 16);
            body.append(bytes(count));
            if (!line().isEmpty()) {
                throw broken("a chunk does not end where it says");
            }
            if (count == 0) {
                return body.toString();
            }
        }
    }

    private String bytes(long count) {
        int end = (int) Math.min(at + count, text.length());
        isWhole &= end == at + count;
        String bytes = text.substring(at, end);
        at = end;
        return bytes;
    }

    /** Heads and chunk lines are written in one piece, so they never end in the middle. */
    private String line() {
        int end = text.indexOf("\r\n", at);
        if (end < 0) {
            throw broken("a line has no end");
        }
        String line = text.substring(at, end);
        at = end + 2;
        return line;
    }

    private AssertionError broken(String what) {
        return new AssertionError("what was answered is not well-formed before byte " + at + ": " + what + "\nin: "
                + text.substring(0, Math.min(text.length(), 4000)));
    }
}
