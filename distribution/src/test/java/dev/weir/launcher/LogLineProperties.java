package dev.weir.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;

/** What a peer may send and a log line may quote. */
class LogLineProperties {
    private final LoggerContext context = new LoggerContext();

    @Property
    void noMessageMakesASecondLine(@ForAll @CharRange(from = 0, to = 0xA0) String message) {
        LoggingEvent event =
                new LoggingEvent("x", context.getLogger("x"), Level.INFO, "{}", null, new Object[] {message});
        event.setThreadName("loop-0");

        String line = new LogLine().doLayout(event);

        assertThat(line).endsWith("\n");
        assertThat(line.substring(0, line.length() - 1).chars()).noneMatch(Character::isISOControl);
    }
}
