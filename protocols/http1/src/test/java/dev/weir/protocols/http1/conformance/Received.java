package dev.weir.protocols.http1.conformance;

import java.util.List;
import java.util.Locale;

/**
 * One response as a client reads it.
 *
 * @param status its status
 * @param lines its field lines, "Name: value"
 * @param body its body, each byte one character
 */
public record Received(int status, List<String> lines, String body) {

    /** The values of a field. */
    public List<String> values(String name) {
        String start = name.toLowerCase(Locale.ROOT) + ":";
        return lines.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                .map(line -> line.substring(start.length()).strip())
                .toList();
    }

    public boolean isLast() {
        return values("Connection").contains("close");
    }

    @Override
    public String toString() {
        return status + " " + lines + " \"" + body() + "\"";
    }
}
