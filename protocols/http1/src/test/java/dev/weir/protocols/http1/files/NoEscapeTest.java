package dev.weir.protocols.http1.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.transport.FileRegion;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No path, and no link unless it is wanted, leads out of the root; and nothing but files is opened. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class NoEscapeTest {
    @TempDir
    private Path folder;

    private Path root;
    private ServedTree tree;

    @BeforeEach
    void aRootBesideASecret() throws IOException {
        root = Files.createDirectories(folder.resolve("root"));
        Files.createDirectories(folder.resolve("root-of-another"));
        Files.writeString(folder.resolve("secret"), "SECRET");
        Files.writeString(folder.resolve("root-of-another/secret"), "SECRET");
        Files.createDirectories(folder.resolve("outside"));
        Files.writeString(folder.resolve("outside/index.html"), "SECRET");
        tree = new ServedTree(root);
        tree.write("inside/a.txt", "inside");
        tree.write(".hidden/a.txt", "SECRET");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../secret",
                "/inside/../../secret",
                "/inside/%2e%2e/%2e%2e/secret",
                "/inside/..%2f..%2fsecret",
                "/..%2fsecret",
                "/%2e%2e%2fsecret",
                "/..%5csecret",
                "/..\\secret",
                "/%2e%2e/secret",
                "/.%2e/secret",
                "/../root-of-another/secret",
                "/%2fetc/passwd",
                "//etc/passwd",
                "/inside//etc/passwd",
                "/secret%00.txt",
                "/inside/a.txt%00",
                "/inside/a.txt%00.html",
                "/%c0%ae%c0%ae/secret",
                "/%u002e%u002e/secret",
                "/....//secret",
                "/..;/secret",
                "/~/secret",
                "/.hidden/a.txt",
                "/inside/../.hidden/a.txt"
            })
    void noPathLeadsOut(String path) {
        String answer = tree.get(path).text();
        assertThat(answer).containsPattern("^HTTP/1.1 40[04] ").doesNotContain("SECRET", "inside", "root:");
    }

    @Test
    void aLinkThatLeadsOutIsNotFollowed() throws IOException {
        Files.createSymbolicLink(root.resolve("file"), folder.resolve("secret"));
        Files.createSymbolicLink(root.resolve("relative"), Path.of("../secret"));
        Files.createSymbolicLink(root.resolve("directory"), folder.resolve("outside"));
        // A name that begins as the root's does is outside, too.
        Files.createSymbolicLink(root.resolve("sibling"), folder.resolve("root-of-another"));
        Files.createSymbolicLink(root.resolve("chain"), root.resolve("directory"));
        for (String path : new String[] {
            "/file", "/relative", "/directory", "/directory/", "/directory/index.html", "/sibling/secret", "/chain/"
        }) {
            assertThat(tree.get(path).status()).as(path).isEqualTo(404);
        }
    }

    @Test
    void anIndexFileOrASiblingThatLeadsOutIsNotFollowed() throws IOException {
        Files.createSymbolicLink(root.resolve("index.html"), folder.resolve("secret"));
        assertThat(tree.get("/").status()).isEqualTo(404);
        Files.createSymbolicLink(root.resolve("inside/a.txt.gz"), folder.resolve("secret"));
        assertThat(tree.get("/inside/a.txt", "Accept-Encoding: gzip").body()).isEqualTo("inside");
    }

    @Test
    void aLinkThatLeadsOutIsFollowedWhereThatIsWanted() throws IOException {
        Files.createSymbolicLink(root.resolve("directory"), folder.resolve("outside"));
        assertThat(tree.followingLinks().get("/directory/").body()).isEqualTo("SECRET");
    }

    @Test
    void aLinkWithinTheRootIsFollowed() throws IOException {
        Files.createSymbolicLink(root.resolve("file"), root.resolve("inside/a.txt"));
        Files.createSymbolicLink(root.resolve("directory"), Path.of("inside"));
        assertThat(tree.get("/file").body()).isEqualTo("inside");
        assertThat(tree.get("/directory/a.txt").body()).isEqualTo("inside");
    }

    @Test
    void aLinkToWhatIsHiddenIsNotFollowed() throws IOException {
        Files.createSymbolicLink(root.resolve("shown"), root.resolve(".hidden/a.txt"));
        assertThat(tree.get("/shown").status()).isEqualTo(404);
        assertThat(tree.showingHidden().get("/shown").status()).isEqualTo(200);
        assertThat(tree.get("/.hidden/a.txt").status()).isEqualTo(200);
    }

    @Test
    void theRootMayBeALinkThatIsTurned() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("current"), root);
        ServedTree turned = new ServedTree(link);
        assertThat(turned.get("/inside/a.txt").body()).isEqualTo("inside");
        Files.delete(link);
        Files.createSymbolicLink(link, folder.resolve("outside"));
        assertThat(turned.get("/inside/a.txt").status()).isEqualTo(404);
        assertThat(turned.get("/index.html").status()).isEqualTo(200);
    }

    @Test
    void aLinkThatIsTurnedWhileTheFileIsOpenedIsSeen() throws IOException {
        tree.opening((path, position, count) -> {
            Path directory = root.resolve("inside");
            if (!Files.isSymbolicLink(directory)) {
                Files.move(directory, root.resolve("moved"));
                Files.createSymbolicLink(directory, folder.resolve("outside"));
                Files.writeString(folder.resolve("outside/a.txt"), "SECRET");
            }
            return FileRegion.open(path, position, count);
        });
        assertThat(tree.get("/inside/a.txt").text()).startsWith("HTTP/1.1 404 ").doesNotContain("SECRET");
    }

    @Test
    void aFileThatLeavesTheRootWhileItIsOpenedIsSeen() throws IOException {
        Path left = folder.resolve("left");
        tree.opening((path, position, count) -> {
            if (!Files.exists(left)) {
                Files.move(root.resolve("inside"), left);
                Files.createSymbolicLink(root.resolve("inside"), left);
            }
            return FileRegion.open(path, position, count);
        });
        assertThat(tree.get("/inside/a.txt").status()).isEqualTo(404);
    }

    @Test
    void aLinkToItselfIsAFailureAndNoHang() throws IOException {
        Files.createSymbolicLink(root.resolve("loop"), root.resolve("loop"));
        assertThat(tree.get("/loop").status()).isGreaterThanOrEqualTo(400);
    }

    @Test
    void aPipeIsNotOpened() throws Exception {
        Path pipe = root.resolve("pipe");
        Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
        assumeTrue(made.waitFor() == 0, "mkfifo(1) makes pipes");
        assertThat(tree.get("/pipe").status()).isEqualTo(404);
    }

    @Test
    void aSocketIsNotOpened() throws IOException {
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(root.resolve("socket")));
            assertThat(tree.get("/socket").status()).isEqualTo(404);
        }
    }

    @Test
    void aDeviceIsNotOpened() throws IOException {
        Files.createSymbolicLink(root.resolve("zero"), Path.of("/dev/zero"));
        assertThat(tree.followingLinks().get("/zero").status()).isEqualTo(404);
    }
}
