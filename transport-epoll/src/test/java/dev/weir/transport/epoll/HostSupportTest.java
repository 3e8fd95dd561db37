package dev.weir.transport.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.fault.Errno;
import dev.weir.transport.Availability;
import dev.weir.transport.TransportException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

/** Where epoll works, and what is said where it does not. */
class HostSupportTest {
    private static final HostSupport.Trial WORKS = () -> {};

    @Test
    void itWorksOnLinuxWithAKnownMachine() {
        for (String arch : List.of("amd64", "x86_64", "aarch64")) {
            assertThat(HostSupport.of("Linux", arch, WORKS)).isInstanceOf(Availability.Available.class);
        }
    }

    @Test
    void anotherSystemIsNamed() {
        assertUnavailable(HostSupport.of("Mac OS X", "aarch64", WORKS), "needs Linux, and this is Mac OS X", "= nio");
    }

    @Test
    void anotherMachineIsNamed() {
        assertUnavailable(
                HostSupport.of("Linux", "riscv64", WORKS), "is for x86-64 and aarch64, and this is riscv64", "= nio");
    }

    @Test
    void aMissingSymbolIsNamed() {
        assertUnavailable(
                afterFailing(new NoSuchElementException("the C library has no accept4")),
                "cannot be linked: the C library has no accept4",
                "= nio");
    }

    @Test
    void deniedNativeAccessHasItsCure() {
        assertUnavailable(
                afterFailing(new IllegalCallerException("Illegal native access from: unnamed module")),
                "needs native access, which this JVM denies",
                "Start Java with --enable-native-access=ALL-UNNAMED");
    }

    @Test
    void aRefusingSystemIsQuoted() {
        HostSupport.Trial refused = () -> {
            throw new TransportException(Errno.EPERM, "cannot open an epoll descriptor: operation not permitted");
        };
        assertUnavailable(
                HostSupport.of("Linux", "amd64", refused),
                "was refused by the system: cannot open an epoll descriptor: operation not permitted",
                "= nio");
    }

    private static Availability afterFailing(RuntimeException cause) {
        return HostSupport.of("Linux", "amd64", () -> {
            throw new ExceptionInInitializerError(cause);
        });
    }

    private static void assertUnavailable(Availability answer, String cause, String cure) {
        assertThat(answer).isInstanceOfSatisfying(Availability.Unavailable.class, unavailable -> {
            assertThat(unavailable.cause()).isEqualTo(cause);
            assertThat(unavailable.cure()).contains(cure);
        });
    }

    @Test
    void aJvmThatDeniesNativeAccessSaysSoEachTimeItIsAsked() throws Exception {
        String denied = "needs native access, which this JVM denies";
        assertThat(saidBy("--illegal-native-access=deny")).containsExactly(denied, denied);
    }

    @Test
    void aJvmThatAllowsItHasEpoll() throws Exception {
        String why = "epoll makes the fewest system calls on Linux";
        assertThat(saidBy("--illegal-native-access=deny", "--enable-native-access=ALL-UNNAMED"))
                .containsExactly(why, why);
    }

    private static List<String> saidBy(String... options) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), AskTwice.class.getName()));
        Process java = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(java.waitFor()).as(said).isZero();
        return said.lines().toList();
    }

    /** Asks two transports whether they work. */
    static final class AskTwice {
        private AskTwice() {}

        public static void main(String[] args) {
            for (int i = 0; i < 2; i++) {
                switch (new EpollTransport(Trigger.EDGE).availability()) {
                    case Availability.Available(var why) -> System.out.println(why);
                    case Availability.Unavailable(var cause, var cure) -> System.out.println(cause);
                }
            }
        }
    }
}
