package dev.weir.protocols.http1.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.weir.settings.ConfigFaults;
import dev.weir.settings.Defaults;
import dev.weir.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilesSettingsTest {
    private static final Config REFERENCE =
            ConfigFactory.parseResources("reference.conf").getConfig("weir.defaults.protocol.http-files");

    @TempDir
    private Path root;

    private final ConfigFaults faults = new ConfigFaults();

    private FilesSettings read(String hocon) {
        Config config = ConfigFactory.parseString(hocon).withFallback(REFERENCE);
        Settings settings = Settings.of(config, "files", Defaults.none(), faults);
        FilesSettings read = FilesSettings.from(settings);
        settings.rejectUnknown();
        return read;
    }

    private String root() {
        return "root = \"" + root + "\"\n";
    }

    @Test
    void theDefaultsNeedARootAndNothingElse() {
        FilesSettings settings = read(root());
        assertThat(faults.isEmpty()).as(() -> faults.all().toString()).isTrue();
        assertThat(settings)
                .isEqualTo(new FilesSettings(
                        root,
                        List.of("index.html"),
                        false,
                        false,
                        Optional.empty(),
                        List.of(ContentCoding.BR, ContentCoding.ZSTD, ContentCoding.GZIP),
                        Map.of(),
                        16));
    }

    @Test
    void everyKeyIsRead() {
        FilesSettings settings = read(root() + """
                index = [a.html, b.html], follow-links = on, hidden = on, cache-control = "max-age=60"
                precompressed = [gzip, br], types { wgt = "application/widget" }, max-ranges = 1
                """);
        assertThat(faults.isEmpty()).as(() -> faults.all().toString()).isTrue();
        assertThat(settings)
                .isEqualTo(new FilesSettings(
                        root,
                        List.of("a.html", "b.html"),
                        true,
                        true,
                        Optional.of("max-age=60"),
                        List.of(ContentCoding.GZIP, ContentCoding.BR),
                        Map.of("wgt", "application/widget"),
                        1));
    }

    @Test
    void offAndEmptyListsTurnOff() {
        FilesSettings settings = read(root() + "index = [], precompressed = off");
        assertThat(faults.isEmpty()).as(() -> faults.all().toString()).isTrue();
        assertThat(settings.index()).isEmpty();
        assertThat(settings.precompressed()).isEmpty();
        assertThat(read(root() + "precompressed = []").precompressed()).isEmpty();
    }

    @Test
    void aRootIsAskedFor() {
        read("");
        assertThat(faults.all().toString()).contains("files.root").contains("is missing");
    }

    @Test
    void aRootIsADirectory() throws Exception {
        Path file = Files.writeString(root.resolve("file"), "");
        read("root = \"" + file + "\"");
        assertThat(faults.all().toString()).contains("files.root").contains("is no directory");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "index = [a/b] | no name of a file",
                "index = [\"..\"] | no name of a file",
                "index = [.hidden] | no name of a file",
                "cache-control = \"\" | no value of a header field",
                "cache-control = \"a\\nb\" | no value of a header field",
                "precompressed = [deflate] | \"deflate\" is no coding",
                "precompressed = [br, br] | \"br\" is there twice",
                "types { a = html } | media type",
                "types { \"tar.gz\" = \"application/gzip\" } | has a dot",
                "max-ranges = 0 | from 1 to 64",
                "max-range = 1 | unknown key"
            })
    void whatMakesNoSenseIsAFault(String setting, String fault) {
        read(root() + setting);
        assertThat(faults.all().toString()).contains(fault);
    }
}
