package dev.weir.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** What is said of a command that fails, and with which code it ends. */
class FaultPrinterTest {
    private final StringWriter err = new StringWriter();

    @Test
    void whatNobodyExpectedIsABugWithItsStack() {
        int exitCode = failWith(new IllegalStateException("the ladder is gone"));

        assertThat(exitCode).isEqualTo(70);
        assertThat(err.toString()).contains("bug", VersionCommand.line(), "the ladder is gone", "\tat ");
    }

    @Test
    void whatThePersonCanMendIsToldInWords() {
        int exitCode = failWith(new LaunchFault(ExitCode.CONFIGURATION, "there is no folder x"));

        assertThat(exitCode).isEqualTo(78);
        assertThat(err.toString()).isEqualTo("weir: there is no folder x" + System.lineSeparator());
    }

    private int failWith(Exception fault) {
        return FaultPrinter.fault(fault, new PrintWriter(err, true));
    }
}
