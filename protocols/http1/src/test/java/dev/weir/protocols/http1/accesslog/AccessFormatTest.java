package dev.weir.protocols.http1.accesslog;

import static dev.weir.protocols.http1.accesslog.Entries.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.transport.Endpoint;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

/** How lines look. */
class AccessFormatTest {
    private static final AccessEntry USUAL =
            entry("GET", "/rooms/7?q=%20", "http://example.com/", "Mozilla/5.0 (X11; Linux)");

    @Test
    void combinedIsApaches() {
        assertThat(AccessFormat.COMBINED.line(USUAL))
                .isEqualTo("192.0.2.7 - - [01/Nov/2026:12:00:00 +0000] \"GET /rooms/7?q=%20 HTTP/1.1\" 200 2326"
                        + " \"http://example.com/\" \"Mozilla/5.0 (X11; Linux)\"");
    }

    @Test
    void jsonIsAnObjectALine() {
        assertThat(AccessFormat.JSON.line(USUAL))
                .isEqualTo("{\"time\":\"2026-11-01T12:00:00.500Z\",\"remote\":\"192.0.2.7:40000\",\"server\":\"web\","
                        + "\"connection\":17,\"request\":3,\"method\":\"GET\",\"target\":\"/rooms/7?q=%20\","
                        + "\"protocol\":\"HTTP/1.1\",\"status\":200,\"bytes\":2326,\"duration_us\":1234,"
                        + "\"referer\":\"http://example.com/\",\"user_agent\":\"Mozilla/5.0 (X11; Linux)\"}");
    }

    @Test
    void whatIsNotKnownIsADash() {
        AccessEntry refused =
                new AccessEntry(Entries.NOON, new Endpoint.Unknown(), "web", 17, 1, "", "", "", 400, 0, 0, "", "");

        assertThat(AccessFormat.COMBINED.line(refused))
                .isEqualTo("- - - [01/Nov/2026:12:00:00 +0000] \"-\" 400 - \"-\" \"-\"");
        assertThat(AccessFormat.JSON.line(refused))
                .contains("\"remote\":\"unknown\"", "\"method\":\"\"", "\"bytes\":0", "\"user_agent\":\"\"");
    }

    @Test
    void anAddressOfTheSixthVersionHasNoBrackets() {
        Endpoint remote = new Endpoint.Inet(new InetSocketAddress("2001:db8::1", 40_000));

        assertThat(AccessFormat.COMBINED.line(entry(remote, "GET", "/", "", "")))
                .startsWith("2001:db8:0:0:0:0:0:1 - - [");
    }

    @Test
    void aClientForgesNeitherLineNorField() {
        AccessEntry forged =
                entry("GET", "/\" 200 1 \"", "a\r\n192.0.2.9 - -", "tab\tescape\u001b[2J delete\u007f back\\ \u00e9");

        assertThat(AccessFormat.COMBINED.line(forged))
                .endsWith("\"GET /\\\" 200 1 \\\" HTTP/1.1\" 200 2326 \"a\\x0d\\x0a192.0.2.9 - -\""
                        + " \"tab\\x09escape\\x1b[2J delete\\x7f back\\\\ \\xe9\"");
        assertThat(AccessFormat.JSON.line(forged))
                .contains(
                        "\"target\":\"/\\\" 200 1 \\\"\"",
                        "\"referer\":\"a\\u000d\\u000a192.0.2.9 - -\"",
                        "\"user_agent\":\"tab\\u0009escape\\u001b[2J delete\\u007f back\\\\ \\u00e9\"");
    }
}
