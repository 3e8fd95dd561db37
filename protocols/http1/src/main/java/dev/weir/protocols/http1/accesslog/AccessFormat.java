package dev.weir.protocols.http1.accesslog;

import dev.weir.transport.Endpoint;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;

/** How a line of the access log looks. What clients sent is escaped, so that none can forge a line or a field. */
public enum AccessFormat {
    /** No lines. */
    OFF {
        @Override
        public String line(AccessEntry entry) {
            throw new IllegalStateException("the access log is off");
        }
    },

    /** Apache's combined log format, in UTC. */
    COMBINED {
        @Override
        public String line(AccessEntry entry) {
            StringBuilder line = new StringBuilder(192);
            // Who the client is by RFC 1413, and by its password, is not asked.
            line.append(host(entry.remote())).append(" - - [");
            APACHE_TIME.formatTo(Instant.ofEpochMilli(entry.timeMillis()), line);
            line.append("] \"");
            if (entry.method().isEmpty()) {
                line.append('-');
            } else {
                escape(entry.method(), line);
                line.append(' ');
                escape(entry.target(), line);
                line.append(' ').append(entry.protocol());
            }
            line.append("\" ").append(entry.status()).append(' ');
            if (entry.bytes() == 0) {
                line.append('-');
            } else {
                line.append(entry.bytes());
            }
            quote(entry.referer(), line);
            quote(entry.userAgent(), line);
            return line.toString();
        }
    },

    /** One JSON object. */
    JSON {
        @Override
        public String line(AccessEntry entry) {
            return "{\"time\":\"" + ISO_TIME.format(Instant.ofEpochMilli(entry.timeMillis())) + '"'
                    + text("remote", entry.remote().toString())
                    + text("server", entry.server())
                    + number("connection", entry.connection())
                    + number("request", entry.request())
                    + text("method", entry.method())
                    + text("target", entry.target())
                    + text("protocol", entry.protocol())
                    + number("status", entry.status())
                    + number("bytes", entry.bytes())
                    + number("duration_us", entry.durationNanos() / 1000)
                    + text("referer", entry.referer())
                    + text("user_agent", entry.userAgent())
                    + '}';
        }
    };

    private static final DateTimeFormatter APACHE_TIME = DateTimeFormatter.ofPattern(
                    "dd/MMM/uuuu:HH:mm:ss '+0000'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter ISO_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** The line of an entry, without an end. */
    public abstract String line(AccessEntry entry);

    /** The address without the port; a path might hold blanks, and is left out. */
    private static String host(Endpoint remote) {
        return remote instanceof Endpoint.Inet(var address) && address.getAddress() != null
                ? address.getAddress().getHostAddress()
                : "-";
    }

    private static String text(String key, String value) {
        StringBuilder member = new StringBuilder(value.length() + 24);
        member.append(",\"").append(key).append("\":\"");
        escape(value, c -> "\\u" + HexFormat.of().toHexDigits(c), member);
        return member.append('"').toString();
    }

    private static String number(String key, long value) {
        return ",\"" + key + "\":" + value;
    }

    private static void quote(String text, StringBuilder line) {
        line.append(" \"");
        if (text.isEmpty()) {
            line.append('-');
        } else {
            escape(text, line);
        }
        line.append('"');
    }

    /** As Apache does. Bytes beyond ASCII are escaped, too: nobody knows which characters they were. */
    private static void escape(String text, StringBuilder line) {
        escape(text, c -> "\\x" + HexFormat.of().toHexDigits((byte) c), line);
    }

    /** A backslash goes before quotes and backslashes; what cannot be printed in ASCII is written by its number. */
    private static void escape(String text, Numbered numbered, StringBuilder line) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                line.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                line.append(numbered.text(c));
            } else {
                line.append(c);
            }
        }
    }

    /** How a format writes a character by its number. */
    @FunctionalInterface
    private interface Numbered {
        String text(char c);
    }
}
