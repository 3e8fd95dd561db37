package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/architecture.md speaks of classes and methods that there are, and of every package of the kernel. */
class ArchitecturePageTest {
    private static final Path PAGE = Path.of("../docs/architecture.md");
    /** A class's name, or a class and a method of it: `EventLoop`, `EventLoop.turn()`, `@PluginApi`. */
    private static final Pattern NAMED =
            Pattern.compile("`@?([A-Z][A-Za-z]*[a-z][A-Za-z]*)(?:\\.([a-z][A-Za-z]*))?[^`]*`");

    private static final Pattern PACKAGE = Pattern.compile("(?m)^\\| `([a-z]+)` \\|");

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.weir");

    @Test
    void whatItNamesIsThere() throws IOException {
        List<MatchResult> named =
                NAMED.matcher(Files.readString(PAGE)).results().toList();

        assertThat(named).hasSizeGreaterThan(50);
        assertThat(named)
                .allSatisfy(name -> assertThat(isThere(name.group(1), name.group(2)))
                        .as(name.group())
                        .isTrue());
    }

    @Test
    void itsTableHasThePackagesOfTheKernel() throws IOException {
        Set<String> listed = PACKAGE.matcher(Files.readString(PAGE))
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toSet());

        assertThat(listed)
                .isEqualTo(classes.stream()
                        .filter(type -> type.getSource()
                                .orElseThrow()
                                .getUri()
                                .toString()
                                .contains("kernel"))
                        .map(JavaClass::getPackageName)
                        .filter(name -> !name.equals("dev.weir"))
                        .map(name -> name.substring("dev.weir.".length()))
                        .collect(Collectors.toSet()));
    }

    private boolean isThere(String type, String method) {
        return classes.stream()
                .filter(candidate -> candidate.getSimpleName().equals(type))
                .anyMatch(candidate -> method == null
                        || candidate.getAllMethods().stream()
                                .anyMatch(declared -> declared.getName().equals(method)));
    }
}
