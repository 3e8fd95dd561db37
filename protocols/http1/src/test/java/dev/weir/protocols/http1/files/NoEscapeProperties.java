package dev.weir.protocols.http1.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.protocols.http1.files.ServedTree.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever is asked for: what is outside of the root stays there. */
class NoEscapeProperties {
    /** Each file inside of the root holds this, and no other file does. */
    private static final String INSIDE = "inside";

    private static Path folder;
    private static ServedTree tree;

    @BeforeContainer
    static void aRootBesideASecret() throws IOException {
        folder = Files.createTempDirectory("weir-root");
        Path root = Files.createDirectories(folder.resolve("root"));
        tree = new ServedTree(root);
        for (String name : List.of("a", "b/a", "b/index.html", "b/b/a", "b/b/a.gz")) {
            tree.write(name, INSIDE);
        }
        for (String name :
                List.of("a", "secret", "b/a", "b/index.html", "root-of-another/a", "index.html", "etc/passwd")) {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.writeString(folder.resolve(name), "SECRET");
        }
        tree.write(".hidden", "SECRET");
        Files.createSymbolicLink(root.resolve("up"), Path.of(".."));
        Files.createSymbolicLink(root.resolve("out"), folder.resolve("b"));
        Files.createSymbolicLink(root.resolve("in"), Path.of("b"));
        Files.createSymbolicLink(root.resolve("b/up"), Path.of("../.."));
        Files.createSymbolicLink(root.resolve("b/back"), Path.of(".."));
    }

    @AfterContainer
    static void remove() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Property(tries = 2000)
    void whatIsSentWasInside(@ForAll("paths") String path) {
        Reply reply = tree.get(path, "Accept-Encoding: gzip");
        assertThat(reply.text()).doesNotContain("SECRET");
        if (reply.status() == 200) {
            assertThat(reply.body()).isEqualTo(INSIDE);
        } else {
            assertThat(reply.status()).isIn(301, 404, 400);
        }
        if (reply.status() == 301) {
            assertThat(reply.field("Location")).matches("[A-Za-z0-9%._~-]+/");
        }
    }

    @Provide
    Arbitrary<String> paths() {
        Arbitrary<String> segment = Arbitraries.of(
                "a",
                "b",
                "b",
                "in",
                "out",
                "up",
                "back",
                "..",
                ".",
                "",
                "%2e%2e",
                "%2E.",
                "..%2f",
                "%2f",
                "%5c",
                "..\\",
                "\\",
                "%00",
                "a%00",
                "secret",
                ".hidden",
                "index.html",
                "root",
                "root-of-another",
                "a.gz",
                "%61",
                "%62",
                "..;",
                "%c0%ae",
                "%ff",
                "etc",
                "passwd",
                "~");
        return segment.list().ofMinSize(1).ofMaxSize(6).map(segments -> "/" + String.join("/", segments));
    }
}
