package dev.weir.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the ready file is there, and what it says. */
class ReadyFileTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void chooseTheFile() {
        file = folder.resolve("ready");
    }

    @Test
    void itHoldsTheProcessIdAndNothingElseIsLeftBehind() throws Exception {
        ReadyFile.at(file).appear();

        assertThat(file).hasContent(ProcessHandle.current().pid() + "\n");
        assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
    }

    @Test
    void aFileOfAnEarlierRunGoesBeforeTheStart() throws Exception {
        Files.writeString(file, "1\n");

        ReadyFile.at(file);

        assertThat(file).doesNotExist();
    }

    @Test
    void itGoesAndDoesNotComeBack() throws Exception {
        ReadyFile ready = ReadyFile.at(file);
        ready.appear();

        ready.vanish();
        assertThat(file).doesNotExist();
        ready.appear();
        assertThat(file).doesNotExist();
    }

    @Test
    void aFolderThatIsNotThereIsAFaultInWords() {
        Path lost = folder.resolve("no/ready");

        assertThatThrownBy(() -> ReadyFile.at(lost))
                .isInstanceOf(LaunchFault.class)
                .hasMessageContaining(lost.toString())
                .hasMessageContaining("there is no folder");
    }

    @Test
    void aPlaceThatCannotBeWrittenIsAFaultInWords() throws IOException {
        Files.createDirectories(file.resolve("in the way"));

        assertThatThrownBy(() -> ReadyFile.at(file))
                .isInstanceOf(LaunchFault.class)
                .hasMessageContaining(file.toString());
    }
}
