package dev.weir.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.server.DescriptorLimits;
import dev.weir.server.Weir;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The form of the start-up report, against startup-report.txt. What differs from machine to machine is made the same first. */
class StartupReportTest {
    private static final Path GOLDEN = Path.of("src/test/resources/startup-report.txt");

    private static final String CONFIGURATION = """
            weir {
              event-loops = 2
              servers {
                frames {
                  listen   = ["127.0.0.1:7001", "[::1]:7001"]
                  codec    { use = length-header, max-frame = 64KiB }
                  protocol = echo
                }
                time {
                  listen   = ["unix:/run/weir/time.sock"]
                  codec    = raw
                  protocol = time
                  lifecycle {
                    accept    = one
                    heartbeat = off
                    close     { use = force, half-close = close }
                  }
                }
              }
            }
            """;

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere another transport is taken")
    void hasTheFormOfTheGoldenFile() throws Exception {
        try (Weir weir = Weir.builder()
                .config(CONFIGURATION)
                .descriptors(new DescriptorLimits(4096, 32))
                .build()) {
            assertThat(alike(weir.report().toString())).isEqualTo(Files.readString(GOLDEN));
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere another transport is taken")
    void theCapLeavesASocketAndASpareDescriptorForEachLoopThatListensOnItsOwn() throws Exception {
        try (Weir weir = Weir.builder()
                .config(CONFIGURATION + "weir.servers.frames.socket.reuse-port = on")
                .descriptors(new DescriptorLimits(4096, 32))
                .build()) {
            // Two addresses on two loops, and a socket file.
            assertThat(weir.report().toString()).contains("at most 3993 (4096 descriptors, 39 in use, 64 in reserve)");
        }
    }

    private static String alike(String report) {
        return report.replaceFirst("(?m)^Weir .*$", "Weir VERSION")
                .replaceFirst("(?m)^java             .*$", "java             JAVA")
                .replaceFirst("(?m)^system           .*$", "system           SYSTEM")
                .replaceAll("(?m)^(  (?:kernel|nio|epoll|framing|basic|metrics|http1) +).*$", "$1VERSION, SOURCE");
    }
}
