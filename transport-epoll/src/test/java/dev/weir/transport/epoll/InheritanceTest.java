package dev.weir.transport.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testkit.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A process that some code of this one starts by itself must not keep a port, or a connection, open (open(2), O_CLOEXEC). */
class InheritanceTest {

    @Test
    void everyDescriptorClosesWhenAnotherProgramIsStarted() throws Exception {
        Set<String> before = descriptors();
        try (Wire wire = new Wire(new EpollTransport(Trigger.EDGE))) {
            wire.connect(wire.listen(Wire.loopback()));
            Set<String> opened = descriptors();
            opened.removeAll(before);
            assertThat(opened).as("a poller, its eventfd, a listener, two ends").hasSizeGreaterThanOrEqualTo(5);
            for (String descriptor : opened) {
                assertThat(flags(descriptor) & Headers.O_CLOEXEC)
                        .as("O_CLOEXEC of descriptor %s", descriptor)
                        .isEqualTo(Headers.O_CLOEXEC);
            }
        }
    }

    /** Sockets and what epoll makes; not the listing itself, nor files that the JVM opens meanwhile. */
    private static Set<String> descriptors() throws IOException {
        Set<String> found = new HashSet<>();
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            for (Path each : all.toList()) {
                String target = Files.exists(each, LinkOption.NOFOLLOW_LINKS)
                        ? Files.readSymbolicLink(each).toString()
                        : "";
                if (target.startsWith("socket:") || target.startsWith("anon_inode:")) {
                    found.add(each.getFileName().toString());
                }
            }
        }
        return found;
    }

    private static int flags(String descriptor) throws IOException {
        String flags = Files.readAllLines(Path.of("/proc/self/fdinfo", descriptor)).stream()
                .filter(line -> line.startsWith("flags:"))
                .findFirst()
                .orElseThrow();
        return Integer.parseInt(flags.substring("flags:".length()).strip(), 8);
    }
}
