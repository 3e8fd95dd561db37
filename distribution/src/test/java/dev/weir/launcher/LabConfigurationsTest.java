package dev.weir.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands in examples/lab can be run, and serves by the codec that measurements count on. */
class LabConfigurationsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "echo   | raw",
                "http   | http1 { access-log = {format=off,queue=8192}, ",
                "line   | line { charset = UTF-8, ending = crlf, keep-ending = off, ",
                "length | length-header { endian = big, includes-header = off, length-bytes = 4, ",
            })
    void eachHasOneServerOnOneLoop(String name, String codec) {
        Commanded check = Commanded.weir(
                "check",
                "-c",
                "../examples/lab/" + name + ".conf",
                "-D",
                "weir.transport=nio",
                "-D",
                "weir.servers.measured.listen=127.0.0.1:9000");

        assertThat(check.err()).isEmpty();
        assertThat(check.exitCode()).isZero();
        assertThat(check.out().lines().filter(line -> line.startsWith("server ")))
                .containsExactly("server measured");
        assertThat(check.out())
                .containsPattern("event loops +1\n")
                .containsPattern("listen +127\\.0\\.0\\.1:9000\n")
                .contains("  codec          " + codec);
    }
}
