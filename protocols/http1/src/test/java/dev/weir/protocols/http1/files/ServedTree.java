package dev.weir.protocols.http1.files;

import dev.weir.transport.FileRegion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A directory that is served without a server, at a fixed time. */
final class ServedTree {
    /** When it is. */
    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    /** When the files were changed. */
    static final Instant MODIFIED = Instant.parse("2026-11-20T12:00:00.123456789Z");

    private final Path root;
    private FileOpener opener = FileRegion::open;
    private List<String> index = List.of("index.html", "index.txt");
    private boolean followLinks;
    private boolean hidden;
    private Optional<String> cacheControl = Optional.empty();

    ServedTree(Path root) {
        this.root = root;
    }

    ServedTree opening(FileOpener other) {
        opener = other;
        return this;
    }

    ServedTree followingLinks() {
        followLinks = true;
        return this;
    }

    ServedTree showingHidden() {
        hidden = true;
        return this;
    }

    ServedTree withoutIndex() {
        index = List.of();
        return this;
    }

    ServedTree cacheControl(String text) {
        cacheControl = Optional.of(text);
        return this;
    }

    Path root() {
        return root;
    }

    /** Writes a file that was changed at {@link #MODIFIED}. */
    Path write(String name, String content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return Files.setLastModifiedTime(file, FileTime.from(MODIFIED));
    }

    /** The whole answer. */
    Reply get(String target, String... fields) {
        return ask("GET", target, fields);
    }

    Reply ask(String method, String target, String... fields) {
        FilesSettings settings = new FilesSettings(
                root, index, followLinks, hidden, cacheControl, List.of(ContentCoding.values()), Map.of(), 4);
        FileResponder responder = new FileResponder(settings, opener, () -> 0, () -> NOW);
        List<String> lines = new ArrayList<>(List.of(method + " " + target + " HTTP/1.1", "Host: x"));
        lines.addAll(List.of(fields));
        // What the codec refuses does not come here.
        return new Reply(OneExchange.of(lines, responder::respond).orElse("HTTP/1.1 400 Bad Request\r\n\r\n"));
    }

    /** An answer, each byte as one character. */
    record Reply(String text) {
        int status() {
            return Integer.parseInt(text.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
        }

        /** The value of a field; empty when it is not there. */
        String field(String name) {
            for (String line : text.substring(0, text.indexOf("\r\n\r\n")).split("\r\n", -1)) {
                if (line.startsWith(name + ": ")) {
                    return line.substring(name.length() + 2);
                }
            }
            return "";
        }

        String body() {
            return text.substring(text.indexOf("\r\n\r\n") + 4);
        }
    }
}
