package dev.weir.config;

import dev.weir.settings.Settings;
import java.time.Duration;
import java.util.Optional;

/**
 * How a server is drained before it ends.
 *
 * @param deadline the most time for work in flight; what is unsent then is lost and counted
 * @param spread the time over which connections are told to end; below deadline, or 0
 * @param progress how often the log says what the drain waits for; empty: never
 */
public record DrainSettings(Duration deadline, Duration spread, Optional<Duration> progress) {
    private static final Duration MOST = Duration.ofDays(1);
    private static final Duration LEAST_PROGRESS = Duration.ofMillis(100);

    static DrainSettings read(Settings drain) {
        Duration deadline = drain.duration("deadline", Duration.ZERO, MOST);
        Duration spread = drain.duration("spread", Duration.ZERO, MOST);
        if (spread.isPositive() && spread.compareTo(deadline) >= 0) {
            drain.fault(
                    "spread",
                    spread.toMillis() + "ms is not below deadline, which is " + deadline.toMillis()
                            + "ms: those told last would have no time.",
                    "Lower spread or raise deadline.");
        }
        return new DrainSettings(deadline, spread, drain.durationOrOff("progress", LEAST_PROGRESS, MOST));
    }
}
