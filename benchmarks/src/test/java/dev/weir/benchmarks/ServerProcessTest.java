package dev.weir.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerProcessTest {
    @TempDir
    private Path folder;

    @Test
    void thePortStandsAtTheEndOfALine() {
        assertThat(ServerProcess.portIn("  listen         127.0.0.1:40123")).hasValue(40123);
        assertThat(ServerProcess.portIn("127.0.0.1:1 ")).hasValue(1);
        assertThat(ServerProcess.portIn("event loops      1")).isEmpty();
        assertThat(ServerProcess.portIn("  listen         127.0.0.1:40123 (of 3)"))
                .isEmpty();
    }

    @Test
    void aServerThatEndsAtOnceIsNamedWithItsLog() {
        assertThatIOException()
                .isThrownBy(() -> new ServerProcess(List.of("false"), folder.resolve("server.log")))
                .withMessageContaining("[false]")
                .withMessageContaining("server.log");
    }
}
