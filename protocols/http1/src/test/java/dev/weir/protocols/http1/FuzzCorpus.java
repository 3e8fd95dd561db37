package dev.weir.protocols.http1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What clients send, good and bad: the files of the folder corpus, by their names. */
final class FuzzCorpus {
    private FuzzCorpus() {}

    static Map<String, byte[]> entries() {
        URL folder = FuzzCorpus.class.getResource("corpus");
        if (folder == null) {
            throw new AssertionError("the folder corpus is not among the test's resources");
        }
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            Map<String, byte[]> entries = new TreeMap<>();
            // A fuzzer puts what it finds worth keeping there, too.
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".http")).toList()) {
                entries.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
            return entries;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
