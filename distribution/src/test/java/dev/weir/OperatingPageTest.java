package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of docs/operating.md that say which setting mends what: the settings and the proofs that they name are there. */
class OperatingPageTest {
    private static final Path PAGE = Path.of("../docs/operating.md");
    private static final Path HOUSE = Path.of("..");

    /** A row: number or measurement, item, keys, proofs. */
    private static final Pattern ROW = Pattern.compile(
            "(?m)^\\| ((?:M?\\d+(?:–\\d+)?|\\+)(?:, M?\\d+)*) \\| ([^|]+) \\| ([^|]*) \\| ([^|]+) \\|$");

    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
    private static final Pattern PROOF =
            Pattern.compile("`([A-Z][A-Za-z]+(?:Test|IT|Properties|Contract))(?:\\.([a-zA-Z0-9]+))?`");

    @Test
    void everyKeyThatItNamesIsOneOfAReference() throws IOException {
        String references = references();
        List<String> unknown = new ArrayList<>();
        for (MatchResult row : rows()) {
            for (MatchResult key : QUOTED.matcher(row.group(3)).results().toList()) {
                // The last word of the path, and the choice behind an equals sign.
                String[] sides = key.group(1).split("=", 2);
                String path = sides[0].strip();
                String last = path.substring(path.lastIndexOf('.') + 1);
                boolean isThere =
                        isKey(references, last) && (sides.length == 1 || isKnown(references, sides[1].strip()));
                if (!isThere) {
                    unknown.add(row.group(1) + ": " + key.group(1));
                }
            }
        }
        assertThat(unknown).isEmpty();
    }

    @Test
    void everyProofThatItNamesIsATest() throws IOException {
        Map<String, String> tests = tests();
        List<String> unknown = new ArrayList<>();
        int proofs = 0;
        for (MatchResult row : rows()) {
            for (MatchResult proof : PROOF.matcher(row.group(4)).results().toList()) {
                proofs++;
                String text = tests.getOrDefault(proof.group(1) + ".java", "");
                String method = proof.group(2);
                if (text.isEmpty() || (method != null && !text.contains("void " + method + "("))) {
                    unknown.add(row.group(1) + ": " + proof.group());
                }
            }
        }
        assertThat(unknown).isEmpty();
        assertThat(proofs).isGreaterThan(60);
    }

    private static List<MatchResult> rows() throws IOException {
        List<MatchResult> rows = ROW.matcher(Files.readString(PAGE)).results().toList();
        assertThat(rows).hasSizeGreaterThan(50);
        return rows;
    }

    private static boolean isKey(String references, String word) {
        return Pattern.compile("(?m)^[\\s#]*(?:[a-z-]+\\.)*" + Pattern.quote(word) + "\\s*[={]")
                .matcher(references)
                .find();
    }

    /** A choice's name, or a value such as auto. */
    private static boolean isKnown(String references, String word) {
        return isKey(references, word) || references.contains(word);
    }

    /** Test classes by the names of their files; contracts are in the main tree of the testkit. */
    private static Map<String, String> tests() throws IOException {
        try (Stream<Path> files = Files.walk(HOUSE)) {
            return files.filter(file -> !file.toString().contains("/target/"))
                    .filter(file -> file.toString().matches(".*(Test|IT|Properties|Contract)\\.java"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString(),
                            OperatingPageTest::read,
                            (one, other) -> one + other));
        }
    }

    /** The references of all modules, one after the other. */
    private static String references() throws IOException {
        try (Stream<Path> files = Files.walk(HOUSE)) {
            return files.filter(file -> file.toString().endsWith("/src/main/resources/reference.conf"))
                    .map(OperatingPageTest::read)
                    .collect(Collectors.joining("\n"));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
