package dev.weir.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Real signals, sent to this very process; of those that do no harm to it. */
class SignalsTest {

    @Test
    void theActionIsCalledWithTheNameOfTheSignal() throws Exception {
        CompletableFuture<String> received = new CompletableFuture<>();
        Signals.handle("WINCH", received::complete);

        long pid = ProcessHandle.current().pid();
        int killed = new ProcessBuilder("kill", "-s", "WINCH", Long.toString(pid))
                .start()
                .waitFor();

        assertThat(killed).isZero();
        assertThat(received.get(30, TimeUnit.SECONDS)).isEqualTo("WINCH");
    }

    @Test
    void aSignalThatTheJvmKeepsIsAFaultInWords() {
        assertThatThrownBy(() -> Signals.handle("SEGV", name -> {}))
                .isInstanceOfSatisfying(
                        LaunchFault.class, fault -> assertThat(fault.exitCode()).isEqualTo(ExitCode.CONFIGURATION))
                .hasMessageContaining("SIGSEGV");
    }
}
