package dev.weir.protocols.http1.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.protocols.http1.files.ServedTree.Reply;
import dev.weir.transport.FileRegion;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is answered to requests for files, without a server. */
class FileResponderTest {
    private static final String LAST_MODIFIED = "Fri, 20 Nov 2026 12:00:00 GMT";
    private static final String EARLIER = "Fri, 20 Nov 2026 11:59:59 GMT";
    private static final String LATER = "Fri, 20 Nov 2026 12:00:01 GMT";

    @TempDir
    private Path root;

    private ServedTree tree;
    private String tag;

    @BeforeEach
    void aFile() throws IOException {
        tree = new ServedTree(root);
        tree.write("a.txt", "0123456789");
        tag = tree.get("/a.txt").field("ETag");
    }

    // ---- The whole file.

    @Test
    void aFileComesWithWhatDescribesIt() {
        Reply reply = tree.get("/a.txt?query");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("0123456789");
        assertThat(reply.field("Content-Type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(reply.field("Content-Length")).isEqualTo("10");
        assertThat(reply.field("Last-Modified")).isEqualTo(LAST_MODIFIED);
        assertThat(reply.field("ETag")).matches("\"[0-9a-f]+-a\"");
        assertThat(reply.field("Accept-Ranges")).isEqualTo("bytes");
        assertThat(reply.field("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(reply.field("Cache-Control")).isEmpty();
        assertThat(reply.field("Vary")).isEmpty();
    }

    @Test
    void headHasTheSameHeadAndNoBody() {
        Reply get = tree.get("/a.txt");
        Reply head = tree.ask("HEAD", "/a.txt");
        assertThat(head.text()).isEqualTo(get.text().substring(0, get.text().length() - 10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "get"})
    void otherMethodsAreRefused(String method) {
        Reply reply = tree.ask(method, "/a.txt");
        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.field("Allow")).isEqualTo("GET, HEAD, OPTIONS");
    }

    @Test
    void optionsTellsTheMethods() {
        assertThat(tree.ask("OPTIONS", "/a.txt").status()).isEqualTo(204);
        assertThat(tree.ask("OPTIONS", "*").field("Allow")).isEqualTo("GET, HEAD, OPTIONS");
    }

    @Test
    void cacheControlIsSentWhereItIsSet() {
        tree.cacheControl("max-age=60");
        assertThat(tree.get("/a.txt").field("Cache-Control")).isEqualTo("max-age=60");
        assertThat(tree.get("/a.txt", "If-None-Match: *").field("Cache-Control"))
                .isEqualTo("max-age=60");
        assertThat(tree.get("/nothing").field("Cache-Control")).isEmpty();
    }

    @Test
    void theTagChangesWithTheTimeAndTheSize() throws IOException {
        Path file = tree.write("a.txt", "01234567890");
        String larger = tree.get("/a.txt").field("ETag");
        Files.setLastModifiedTime(file, FileTime.from(ServedTree.MODIFIED.plusNanos(1000)));
        String later = tree.get("/a.txt").field("ETag");
        assertThat(List.of(tag, larger, later)).doesNotHaveDuplicates();
    }

    @Test
    void noFileSaysThatItComesFromTheFuture() throws IOException {
        Files.setLastModifiedTime(root.resolve("a.txt"), FileTime.from(ServedTree.NOW.plusSeconds(100)));
        assertThat(tree.get("/a.txt").field("Last-Modified")).isEqualTo("Sat, 21 Nov 2026 12:00:00 GMT");
    }

    // ---- What is not there.

    @ParameterizedTest
    @ValueSource(strings = {"/b.txt", "/a.txt/", "/a.txt/b", "/a.txt/b/c", "/../a.txt", "/x/../a.txt", "//a.txt"})
    void nothingIsThere(String path) {
        Reply reply = tree.get(path);
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.body()).isEqualTo("404 Not Found\n\nNothing is at this path.\n");
    }

    @Test
    void browsersGetAPageAndItRepeatsNothing() {
        String path = "/%3Cscript%3Ealert(1)%3C/script%3E?<script>";
        Reply reply = tree.get(path, "Accept: text/html,application/xhtml+xml,*/*;q=0.8", "Referer: <script>");
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.field("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(reply.field("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(reply.field("Vary")).isEqualTo("Accept");
        assertThat(reply.body())
                .startsWith("<!DOCTYPE html>")
                .contains("404 Not Found")
                .doesNotContain("script");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "text/plain", "text/html;q=0.5, text/plain", "text/*"})
    void othersGetText(String accept) {
        assertThat(tree.get("/nothing", "Accept: " + accept).field("Content-Type"))
                .isEqualTo("text/plain; charset=utf-8");
    }

    // ---- Directories.

    @Test
    void aDirectoryWithoutItsSlashIsSentThere() throws IOException {
        Files.createDirectories(root.resolve("docs/a:b"));
        assertThat(tree.get("/docs").status()).isEqualTo(301);
        assertThat(tree.get("/docs").field("Location")).isEqualTo("docs/");
        assertThat(tree.get("/docs?x=1&y=/").field("Location")).isEqualTo("docs/?x=1&y=/");
        assertThat(tree.get("/docs/a:b").field("Location")).isEqualTo("a%3Ab/");
        assertThat(tree.get("http://other.example/docs").field("Location")).isEqualTo("docs/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"//docs", "//evil.example/../docs", "///docs", "/\\docs", "//evil.example/%2e%2e/docs"})
    void noRedirectLeadsElsewhere(String path) throws IOException {
        Files.createDirectories(root.resolve("docs"));
        assertThat(tree.get(path).status()).isEqualTo(404);
    }

    @Test
    void aDirectoryIsAnsweredWithTheFirstOfItsIndexFiles() throws IOException {
        tree.write("docs/index.txt", "text");
        assertThat(tree.get("/docs/").body()).isEqualTo("text");
        tree.write("docs/index.html", "page");
        assertThat(tree.get("/docs/").body()).isEqualTo("page");
        tree.write("index.html", "root");
        assertThat(tree.get("/").body()).isEqualTo("root");
        assertThat(tree.get("http://x").body()).isEqualTo("root");
    }

    @Test
    void aDirectoryWithoutOneIsNotListed() throws IOException {
        Files.createDirectories(root.resolve("docs/index.html"));
        Reply reply = tree.get("/docs/");
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.body()).contains("not listed");
        assertThat(tree.withoutIndex().get("/").status()).isEqualTo(404);
    }

    // ---- Conditions (RFC 9110, 13).

    /** TAG and OTHER stand for the file's tag and one that it does not have. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "If-Match: TAG | 200",
                "If-Match: * | 200",
                "If-Match: OTHER, TAG | 200",
                "If-Match: OTHER | 412",
                "If-Match: W/TAG | 412",
                "If-Match: nonsense | 412",
                "If-None-Match: TAG | 304",
                "If-None-Match: W/TAG | 304",
                "If-None-Match: OTHER, TAG | 304",
                "If-None-Match: * | 304",
                "If-None-Match: OTHER | 200",
                "If-Modified-Since: " + LAST_MODIFIED + " | 304",
                "If-Modified-Since: Friday, 20-Nov-26 12:00:00 GMT | 304",
                "If-Modified-Since: " + LATER + " | 304",
                "If-Modified-Since: " + EARLIER + " | 200",
                "If-Modified-Since: yesterday | 200",
                "If-Unmodified-Since: " + LAST_MODIFIED + " | 200",
                "If-Unmodified-Since: " + LATER + " | 200",
                "If-Unmodified-Since: " + EARLIER + " | 412",
                "If-Unmodified-Since: yesterday | 200",
                // The order of 13.2.2.
                "If-Match: TAG; If-Unmodified-Since: " + EARLIER + " | 200",
                "If-Match: OTHER; If-Unmodified-Since: " + LATER + " | 412",
                "If-Match: OTHER; If-None-Match: TAG | 412",
                "If-Match: TAG; If-None-Match: TAG | 304",
                "If-Unmodified-Since: " + EARLIER + "; If-None-Match: TAG | 412",
                "If-None-Match: OTHER; If-Modified-Since: " + LATER + " | 200",
                "If-None-Match: TAG; If-Modified-Since: " + EARLIER + " | 304",
                "If-None-Match: TAG; Range: bytes=0-1 | 304",
                "If-Match: OTHER; Range: bytes=0-1 | 412",
                // 13.1.5.
                "Range: bytes=0-1; If-Range: TAG | 206",
                "Range: bytes=0-1; If-Range: OTHER | 200",
                "Range: bytes=0-1; If-Range: W/TAG | 200",
                "Range: bytes=0-1; If-Range: " + LAST_MODIFIED + " | 206",
                "Range: bytes=0-1; If-Range: " + LATER + " | 200",
                "Range: bytes=0-1; If-Range: nonsense | 200",
                "Range: bytes=20-; If-Range: OTHER | 200",
                "If-Range: OTHER | 200"
            })
    void conditionsAreWeighedInTheirOrder(String fields, int status) {
        String[] lines =
                fields.replace("TAG", tag).replace("OTHER", "\"other\"").split("; ", -1);
        assertThat(tree.get("/a.txt", lines).status()).isEqualTo(status);
    }

    @Test
    void whatIsKnownComesWithItsTagAndNothingMore() {
        Reply reply = tree.get("/a.txt", "If-None-Match: " + tag);
        assertThat(reply.field("ETag")).isEqualTo(tag);
        assertThat(reply.body()).isEmpty();
        assertThat(reply.field("Content-Type")).isEmpty();
        assertThat(reply.field("Last-Modified")).isEmpty();
    }

    @Test
    void aDateOfTheSameSecondIsTooWeakForARange() throws IOException {
        Files.setLastModifiedTime(root.resolve("a.txt"), FileTime.from(ServedTree.NOW));
        String now = "Sat, 21 Nov 2026 12:00:00 GMT";
        assertThat(tree.get("/a.txt", "Range: bytes=0-1", "If-Range: " + now).status())
                .isEqualTo(200);
    }

    @Test
    void whatIsNotThereHasNoConditions() {
        assertThat(tree.get("/nothing", "If-Match: \"x\"").status()).isEqualTo(404);
        assertThat(tree.get("/nothing", "If-None-Match: *").status()).isEqualTo(404);
    }

    // ---- Ranges (RFC 9110, 14).

    @Test
    void oneRangeIsAPart() {
        Reply reply = tree.get("/a.txt", "Range: bytes=2-4");
        assertThat(reply.status()).isEqualTo(206);
        assertThat(reply.body()).isEqualTo("234");
        assertThat(reply.field("Content-Range")).isEqualTo("bytes 2-4/10");
        assertThat(reply.field("ETag")).isEqualTo(tag);
    }

    @Test
    void severalRangesAreAPartEach() {
        Reply reply = tree.get("/a.txt", "Range: bytes=-1,0-1");
        assertThat(reply.status()).isEqualTo(206);
        assertThat(reply.field("Content-Range")).isEmpty();
        assertThat(reply.field("Content-Type")).startsWith("multipart/byteranges; boundary=");
        String boundary = reply.field("Content-Type").substring("multipart/byteranges; boundary=".length());
        assertThat(reply.body())
                .isEqualTo("--B\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Range: bytes 9-9/10\r\n\r\n9"
                                .replace("B", boundary)
                        + "\r\n--B\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Range: bytes 0-1/10\r\n\r\n01"
                                .replace("B", boundary)
                        + "\r\n--B--\r\n".replace("B", boundary));
        assertThat(reply.field("Content-Length"))
                .isEqualTo(String.valueOf(reply.body().length()));
    }

    @Test
    void whereNothingIsTheSizeIsTold() {
        Reply reply = tree.get("/a.txt", "Range: bytes=10-");
        assertThat(reply.status()).isEqualTo(416);
        assertThat(reply.field("Content-Range")).isEqualTo("bytes */10");
    }

    @Test
    void headHasNoRanges() {
        assertThat(tree.ask("HEAD", "/a.txt", "Range: bytes=0-1").status()).isEqualTo(200);
    }

    // ---- Codings (RFC 9110, 12.5.3).

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip, deflate, br, zstd | br",
                "gzip, deflate, br;q=0.9, zstd | zstd",
                "gzip;q=0.5 | gzip",
                "x-gzip | gzip",
                "* | br",
                "br;q=0, * | zstd",
                "*;q=0.5, gzip | gzip",
                "identity, gzip;q=0.5 | ''",
                "identity;q=0.5, gzip;q=0.5 | gzip",
                "identity;q=0, gzip;q=0.001 | gzip",
                "*;q=0, gzip | gzip",
                "deflate | ''",
                "br;q=0, gzip;q=0, zstd;q=0 | ''",
                "'' | ''"
            })
    void theClientsWeightsDecideAndThenTheOrder(String accepted, String coding) throws IOException {
        siblings();
        Reply reply = tree.get("/a.txt", "Accept-Encoding: " + accepted);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.field("Content-Encoding")).isEqualTo(coding);
        assertThat(reply.body()).isEqualTo(coding.isEmpty() ? "0123456789" : "in " + coding);
        assertThat(reply.field("Content-Type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(reply.field("Vary")).isEqualTo("Accept-Encoding");
    }

    private void siblings() throws IOException {
        tree.write("a.txt.br", "in br");
        tree.write("a.txt.zst", "in zstd");
        tree.write("a.txt.gz", "in gzip");
    }

    @Test
    void whoAsksForNoCodingGetsNone() throws IOException {
        siblings();
        assertThat(tree.get("/a.txt").body()).isEqualTo("0123456789");
        assertThat(tree.get("/a.txt").field("Vary")).isEqualTo("Accept-Encoding");
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity;q=0", "*;q=0", "identity;q=0, br;q=0", "identity;q=0, deflate"})
    void whoTakesNothingThatIsThereIsTold(String accepted) throws IOException {
        tree.write("a.txt.br", "in br");
        assertThat(tree.get("/a.txt", "Accept-Encoding: " + accepted).status()).isEqualTo(406);
    }

    @Test
    void eachCodingHasItsTag() throws IOException {
        siblings();
        List<String> tags = new ArrayList<>(List.of(tag));
        for (String coding : List.of("br", "zstd", "gzip")) {
            tags.add(tree.get("/a.txt", "Accept-Encoding: " + coding).field("ETag"));
        }
        assertThat(tags).doesNotHaveDuplicates().allMatch(each -> each.startsWith("\""));
        Reply known = tree.get("/a.txt", "Accept-Encoding: br", "If-None-Match: " + tags.get(1));
        assertThat(known.status()).isEqualTo(304);
        assertThat(known.field("Vary")).isEqualTo("Accept-Encoding");
        assertThat(tree.get("/a.txt", "Accept-Encoding: gzip", "If-None-Match: " + tags.get(1))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aRangeIsOfTheCodedFile() throws IOException {
        siblings();
        Reply reply = tree.get("/a.txt", "Accept-Encoding: gzip", "Range: bytes=3-");
        assertThat(reply.status()).isEqualTo(206);
        assertThat(reply.body()).isEqualTo("gzip");
        assertThat(reply.field("Content-Encoding")).isEqualTo("gzip");
        assertThat(reply.field("Content-Range")).isEqualTo("bytes 3-6/7");
    }

    @Test
    void severalRangesOfACodedFileAreAllOfIt() throws IOException {
        siblings();
        Reply reply = tree.get("/a.txt", "Accept-Encoding: gzip", "Range: bytes=0-0,2-2");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("in gzip");
    }

    @Test
    void aSiblingThatIsOlderThanItsFileIsLeftAside() throws IOException {
        Path sibling = tree.write("a.txt.gz", "in gzip");
        Files.setLastModifiedTime(sibling, FileTime.from(ServedTree.MODIFIED.minusSeconds(1)));
        assertThat(tree.get("/a.txt", "Accept-Encoding: gzip").body()).isEqualTo("0123456789");
        // Whoever copies it may lose the fraction.
        Files.setLastModifiedTime(sibling, FileTime.from(ServedTree.MODIFIED.minusNanos(123_456_789)));
        assertThat(tree.get("/a.txt", "Accept-Encoding: gzip").body()).isEqualTo("in gzip");
    }

    @Test
    void aSiblingThatIsNoFileIsNone() throws IOException {
        Files.createDirectories(root.resolve("a.txt.gz"));
        assertThat(tree.get("/a.txt", "Accept-Encoding: gzip").body()).isEqualTo("0123456789");
    }

    @Test
    void indexFilesHaveSiblings() throws IOException {
        tree.write("index.html", "page");
        tree.write("index.html.gz", "in gzip");
        Reply reply = tree.get("/", "Accept-Encoding: gzip");
        assertThat(reply.body()).isEqualTo("in gzip");
        assertThat(reply.field("Content-Type")).isEqualTo("text/html; charset=utf-8");
    }

    @Test
    void aCodedFileByItsOwnNameIsNotDecoded() throws IOException {
        siblings();
        Reply reply = tree.get("/a.txt.gz", "Accept-Encoding: gzip");
        assertThat(reply.field("Content-Type")).isEqualTo("application/gzip");
        assertThat(reply.field("Content-Encoding")).isEmpty();
    }

    // ---- What fails.

    @Test
    void withoutADescriptorTheAnswerIs503AndNothingStaysOpen() {
        List<FileRegion> opened = new ArrayList<>();
        tree.opening((path, position, count) -> {
            if (opened.size() == 2) {
                throw new FileSystemException(path.toString(), null, "Too many open files");
            }
            FileRegion region = FileRegion.open(path, position, count);
            opened.add(region);
            return region;
        });
        Reply reply = tree.get("/a.txt", "Range: bytes=0-0,2-2,4-4");
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.field("Retry-After")).isEqualTo("1");
        assertThat(opened).hasSize(2).noneMatch(region -> region.channel().isOpen());
    }

    @Test
    void aFileThatMayNotBeReadIsForbidden() {
        tree.opening((path, position, count) -> {
            throw new AccessDeniedException(path.toString());
        });
        assertThat(tree.get("/a.txt").status()).isEqualTo(403);
    }

    @Test
    void aFileThatGoesAwayIsNotThere() {
        tree.opening((path, position, count) -> {
            throw new NoSuchFileException(path.toString());
        });
        assertThat(tree.get("/a.txt").status()).isEqualTo(404);
    }

    @Test
    void aFileThatIsReplacedWhileItIsOpenedIsLookedAtAnew() {
        List<FileRegion> opened = new ArrayList<>();
        tree.opening((path, position, count) -> {
            if (opened.isEmpty()) {
                Files.writeString(path, "another");
            }
            opened.add(FileRegion.open(path, position, count));
            return opened.getLast();
        });
        Reply reply = tree.get("/a.txt");
        assertThat(reply.field("Content-Length")).isEqualTo("7");
        assertThat(reply.body()).isEqualTo("another");
        assertThat(opened).hasSize(2).noneMatch(region -> region.channel().isOpen());
    }

    @Test
    void aFileThatIsReplacedEachTimeIsGivenUp() {
        List<FileRegion> opened = new ArrayList<>();
        tree.opening((path, position, count) -> {
            Files.writeString(path, "x".repeat(opened.size() + 1));
            opened.add(FileRegion.open(path, position, count));
            return opened.getLast();
        });
        assertThat(tree.get("/a.txt").status()).isEqualTo(503);
        assertThat(opened).hasSize(3).noneMatch(region -> region.channel().isOpen());
    }

    @Test
    void aRootThatIsGoneIsAFailure() throws IOException {
        ServedTree gone = new ServedTree(root.resolve("gone"));
        assertThat(gone.get("/a.txt").status()).isEqualTo(503);
    }
}
