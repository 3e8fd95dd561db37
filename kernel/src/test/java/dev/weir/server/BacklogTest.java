package dev.weir.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

class BacklogTest {
    private static final Path SOMAXCONN = Path.of("/proc/sys/net/core/somaxconn");

    @TempDir
    Path folder;

    @Test
    @EnabledIf("isLinux")
    void theNumberOfTheKernelIsReadWhole() throws Exception {
        Process cat = new ProcessBuilder("cat", SOMAXCONN.toString()).start();
        String number = new String(cat.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        assertThat(Backlog.auto(SOMAXCONN)).isEqualTo(Math.min(4096, Integer.parseInt(number)));
    }

    static boolean isLinux() {
        return Files.isReadable(SOMAXCONN);
    }

    @Test
    void aLargerNumberIsNotUsed() throws Exception {
        assertThat(Backlog.auto(file("65536\n"))).isEqualTo(4096);
        assertThat(Backlog.auto(file("17\n"))).isEqualTo(17);
    }

    @Test
    void whatIsNoNumberIsTakenForTheUsual() throws Exception {
        assertThat(Backlog.auto(file("many"))).isEqualTo(128);
        assertThat(Backlog.auto(folder.resolve("missing"))).isEqualTo(128);
    }

    private Path file(String text) throws Exception {
        return Files.writeString(folder.resolve("somaxconn"), text);
    }
}
