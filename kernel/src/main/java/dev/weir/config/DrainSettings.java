package dev.weir.config;

import dev.weir.settings.Settings;
import java.time.Duration;

/**
 * How a server is drained before it ends.
 *
 * @param deadline the most time for work in flight; what is unsent then is lost and counted
 */
public record DrainSettings(Duration deadline) {
    private static final Duration MOST = Duration.ofDays(1);

    static DrainSettings read(Settings drain) {
        return new DrainSettings(drain.duration("deadline", Duration.ZERO, MOST));
    }
}
