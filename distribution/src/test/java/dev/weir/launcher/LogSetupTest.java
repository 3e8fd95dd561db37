package dev.weir.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import dev.weir.protocols.http1.accesslog.AccessLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

/** Where log lines go, with and without a file that says so. */
class LogSetupTest {
    private static final String HOME = "weir.home";

    @TempDir
    private Path home;

    private final LoggerContext context = new LoggerContext();

    @BeforeEach
    void installInAnEmptyFolder() throws IOException {
        System.setProperty(HOME, home.toString());
        Files.createDirectory(home.resolve("conf"));
    }

    @AfterEach
    void forgetTheFolder() {
        System.clearProperty(HOME);
    }

    @Test
    void linesFromInfoUpGoToStandardError() throws LaunchFault {
        new LogSetup().configure(context);
        new LogLevels(Map.of()).apply(context);

        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        assertThat(root.getLevel()).isEqualTo(Level.INFO);
        assertThat(root.getAppender("stderr"))
                .isInstanceOfSatisfying(
                        ConsoleAppender.class,
                        console -> assertThat(console.getTarget()).isEqualTo("System.err"));
    }

    @Test
    void theAccessLogGoesToStandardOutputByItselfWhateverTheLevelOfTheOthers() throws LaunchFault {
        new LogSetup().configure(context);
        LogLevels.parse(List.of("off")).apply(context);

        ch.qos.logback.classic.Logger access = context.getLogger(AccessLog.LOGGER);
        assertThat(access.isAdditive()).isFalse();
        assertThat(access.isInfoEnabled()).isTrue();
        ConsoleAppender<ILoggingEvent> console = (ConsoleAppender<ILoggingEvent>) access.getAppender("stdout");
        assertThat(console.getTarget()).isEqualTo("System.out");
        LoggingEvent event = new LoggingEvent("", access, Level.INFO, "127.0.0.1 - {}", null, null);
        assertThat(console.getEncoder().encode(event)).asString().isEqualTo("127.0.0.1 - {}\n");
    }

    @Test
    void theFileOfTheOperatingPageWritesTheAccessLogIntoAFile() throws Exception {
        String xml = Document.read(Path.of("../docs/operating.md"))
                .blocks("xml")
                .getFirst()
                .text();
        assertThat(xml).contains("/var/lib/weir/access.log");
        write(xml.replace("/var/lib/weir", home.toString()));

        new LogSetup().configure(context);
        new LogLevels(Map.of()).apply(context);
        // As the provider of SLF4J does for the context of the process.
        context.setMDCAdapter(new LogbackMDCAdapter());
        context.getLogger(AccessLog.LOGGER).info("127.0.0.1 - -");
        context.stop();

        assertThat(home.resolve("access.log")).hasContent("127.0.0.1 - -");
    }

    @Test
    void aFileRulesAlone() throws Exception {
        write("<configuration><root level=\"WARN\"/></configuration>");

        new LogSetup().configure(context);
        new LogLevels(Map.of()).apply(context);

        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        assertThat(root.getLevel()).isEqualTo(Level.WARN);
        assertThat(root.iteratorForAppenders().hasNext()).isFalse();
    }

    @Test
    void aFileThatCannotBeReadIsAFaultThatNamesIt() throws Exception {
        Path file = write("<configuration><root");

        new LogSetup().configure(context);

        assertThatThrownBy(() -> new LogLevels(Map.of()).apply(context))
                .isInstanceOfSatisfying(
                        LaunchFault.class, fault -> assertThat(fault.exitCode()).isEqualTo(ExitCode.CONFIGURATION))
                .hasMessageContaining(file.toString());
        assertThat(context.getStatusManager().getCopyOfStatusListenerList()).isNotEmpty();
    }

    private Path write(String xml) throws IOException {
        return Files.writeString(home.resolve("conf/logback.xml"), xml);
    }
}
