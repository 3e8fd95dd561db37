package dev.weir.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Levels as people give them. */
class LogLevelsTest {

    @Test
    void aLevelAloneIsForAllLoggers() {
        assertThat(LogLevels.parse(List.of("Debug")).byLogger()).containsOnly(java.util.Map.entry("ROOT", Level.DEBUG));
    }

    @Test
    void ofTwoForOneLoggerTheLaterCounts() {
        assertThat(LogLevels.parse(List.of("a.b=trace", "warn", "a.b=off")).byLogger())
                .containsOnly(java.util.Map.entry("ROOT", Level.WARN), java.util.Map.entry("a.b", Level.OFF));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "loud", "=info", "a.b=", "a.b=loud"})
    void whatIsNoLevelIsRefusedWithWhatThereIs(String wrong) {
        assertThatThrownBy(() -> LogLevels.parse(List.of(wrong)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + wrong + "'")
                .hasMessageContaining("off, error, warn, info, debug, trace");
    }

    @Test
    void aLevelInForceSilencesTheLoggersBelowIt() throws LaunchFault {
        Logger below = LoggerFactory.getLogger("dev.weir.launcher.silenced.below");
        assertThat(below.isInfoEnabled()).isTrue();

        LogLevels.parse(List.of("dev.weir.launcher.silenced=error")).apply();

        assertThat(below.isInfoEnabled()).isFalse();
        assertThat(below.isErrorEnabled()).isTrue();
    }

    @Test
    void librariesDoNotTellTheirInnerLife() {
        assertThat(LoggerFactory.getLogger("io.netty.buffer").isDebugEnabled()).isFalse();
    }
}
