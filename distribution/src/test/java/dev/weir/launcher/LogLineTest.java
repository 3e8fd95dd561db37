package dev.weir.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The form of a log line. */
class LogLineTest {
    private final LoggerContext context = new LoggerContext();

    @Test
    void aLineHasTimeLevelThreadLoggerAndMessage() {
        assertThat(line("dev.weir.engine.Acceptor", Level.WARN, "out of descriptors", null))
                .isEqualTo("2026-11-01T12:00:00.500Z WARN  [loop-0] engine.Acceptor: out of descriptors\n");
    }

    @Test
    void loggersOfOthersKeepTheirWholeName() {
        assertThat(line("org.example.meters", Level.ERROR, "x", null))
                .isEqualTo("2026-11-01T12:00:00.500Z ERROR [loop-0] org.example.meters: x\n");
    }

    @Test
    void aStackIsIndentedBelowTheLine() {
        String lines = line("dev.weir.x", Level.ERROR, "x", new IllegalStateException("two\nlines"));

        assertThat(lines.lines().skip(1)).isNotEmpty().allMatch(line -> line.startsWith("\t"));
        assertThat(lines).contains("java.lang.IllegalStateException: two").endsWith("\n");
    }

    private String line(String logger, Level level, String message, Throwable fault) {
        LoggingEvent event = new LoggingEvent("x", context.getLogger(logger), level, message, fault, null);
        event.setInstant(Instant.parse("2026-11-01T12:00:00.500Z"));
        event.setThreadName("loop-0");
        return new LogLine().doLayout(event);
    }
}
