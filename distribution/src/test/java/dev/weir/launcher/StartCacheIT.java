package dev.weir.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cache from which the distribution starts is used where it fits, and is no obstacle where it does not. */
class StartCacheIT {
    @TempDir
    private Path folder;

    private Path home;

    /** Elsewhere than it was made, as an archive is unpacked. */
    @BeforeEach
    void move() throws Exception {
        home = folder.resolve("weir");
        Shell.run("cp -a target/weir " + home);
    }

    @Test
    void itIsUsedWhereverTheDistributionLies() throws Exception {
        // With AOTMode=on a cache that cannot be used ends the JVM.
        String options = "-XX:AOTMode=on -XX:AOTCache=" + home.resolve("lib/weir.aot");
        assertThat(Shell.run("WEIR_JAVA_OPTS='" + options + "' " + home.resolve("bin/weir") + " help"))
                .startsWith("Usage: weir");
        assertThat(help()).startsWith("Usage: weir").doesNotContain("aot");
        assertThat(Shell.run("WEIR_JAVA_OPTS=-Xlog:aot:stdout " + home.resolve("bin/weir") + " help"))
                .contains("Using AOT-linked classes: true");
    }

    @Test
    void nothingOfThePlaceWhereItWasMadeIsLeft() throws Exception {
        String report = Shell.run(home.resolve("bin/weir") + " check");
        assertThat(report).contains("built in").doesNotContain("target/weir/lib");
    }

    @Test
    void oneOfFewerJarsIsToldOfAndNotUsed() throws Exception {
        Files.copy(home.resolve("lib/weir.aot"), home.resolve("lib/aaa.jar"));
        assertThat(help()).contains("lib/weir.aot was made of other jars").contains("Usage: weir");
    }

    /** The JVM alone would run the old classes. */
    @Test
    void oneOfAnotherBuildOfAJarIsToldOfAndNotUsed() throws Exception {
        Shell.run("touch " + home.resolve("lib") + "/weir-kernel-*.jar");
        assertThat(help()).contains("lib/weir.aot was made of other jars").contains("Usage: weir");
    }

    private String help() throws IOException, InterruptedException {
        return Shell.run(home.resolve("bin/weir") + " help 2>&1");
    }
}
