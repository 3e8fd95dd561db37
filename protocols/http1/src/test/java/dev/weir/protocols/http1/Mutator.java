package dev.weir.protocols.http1;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** Makes something else of what clients send: bits flip, ends are lost, parts come twice or elsewhere, words of HTTP come in between. */
final class Mutator {
    private static final int MOST_CHANGES = 6;
    private static final int LONGEST = 4096;
    private static final byte[] TELLING = {
        0, '\t', '\n', 0x0B, '\r', ' ', '"', '#', '%', '*', ',', '/', ':', ';', 0x7F, -1
    };

    private static final String[] WORDS = {
        "\r\n",
        "\r\n\r\n",
        "\n",
        "\r",
        " ",
        "\t",
        ":",
        "%2e%2e/",
        "%",
        "?",
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /b HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc",
        "POST /c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n",
        "HEAD ",
        "CONNECT ",
        "OPTIONS * ",
        "HTTP/1.0\r\n",
        "HTTP/1.1\r\n",
        "http://b",
        "Host: b\r\n",
        "Content-Length: 5\r\n",
        "Content-Length: 0\r\n",
        "content-length:70000\r\n",
        "Transfer-Encoding: chunked\r\n",
        "Connection: close\r\n",
        "Connection: keep-alive, upgrade\r\n",
        "Upgrade: websocket\r\n",
        "Expect: 100-continue\r\n",
        "X-Trailer: t\r\n",
        "0\r\n\r\n",
        "0\r\n",
        "1\r\nz\r\n",
        "5;a=\"b\\\"\"\r\nhello\r\n",
        "ffffffffffffffff\r\n",
        "chunked",
        ", ",
    };

    private final List<byte[]> corpus;
    private final RandomGenerator random;

    Mutator(List<byte[]> corpus, RandomGenerator random) {
        this.corpus = corpus;
        this.random = random;
    }

    /** Something else each time. */
    byte[] next() {
        byte[] bytes = any();
        for (int changes = random.nextInt(MOST_CHANGES); changes >= 0; changes--) {
            bytes = changed(bytes);
        }
        return bytes.length > LONGEST ? Arrays.copyOf(bytes, LONGEST) : bytes;
    }

    private byte[] any() {
        return corpus.get(random.nextInt(corpus.size()));
    }

    private byte[] changed(byte[] bytes) {
        int at = random.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, at + random.nextInt(1, 32));
        return switch (random.nextInt(9)) {
            case 0 -> with(bytes, at, (byte) (1 << random.nextInt(8)), true);
            case 1 -> with(bytes, at, TELLING[random.nextInt(TELLING.length)], false);
            case 2, 3 ->
                replaced(bytes, at, at, WORDS[random.nextInt(WORDS.length)].getBytes(StandardCharsets.ISO_8859_1));
            case 4 -> replaced(bytes, at, to, new byte[0]);
            case 5 -> replaced(bytes, at, at, Arrays.copyOfRange(bytes, at, to));
            case 6 -> Arrays.copyOf(bytes, at);
            case 7 -> {
                byte[] other = any();
                yield replaced(
                        bytes,
                        at,
                        bytes.length,
                        Arrays.copyOfRange(other, random.nextInt(other.length + 1), other.length));
            }
            default -> replaced(bytes, bytes.length, bytes.length, any());
        };
    }

    private static byte[] with(byte[] bytes, int at, byte value, boolean isFlip) {
        byte[] changed = bytes.clone();
        if (at < bytes.length) {
            changed[at] = isFlip ? (byte) (changed[at] ^ value) : value;
        }
        return changed;
    }

    private static byte[] replaced(byte[] bytes, int from, int to, byte[] by) {
        ByteArrayOutputStream changed = new ByteArrayOutputStream();
        changed.write(bytes, 0, from);
        changed.writeBytes(by);
        changed.write(bytes, to, bytes.length - to);
        return changed.toByteArray();
    }

    /** Less of the bytes, of which the same still holds, for whoever has to find out why. */
    static byte[] reduced(byte[] bytes, Predicate<byte[]> holds) {
        byte[] least = bytes;
        for (int size = Math.max(1, bytes.length / 2); size > 0; size /= 2) {
            for (int from = 0; from + size <= least.length; ) {
                byte[] less = replaced(least, from, from + size, new byte[0]);
                if (holds.test(less)) {
                    least = less;
                } else {
                    from += size;
                }
            }
        }
        return least;
    }
}
