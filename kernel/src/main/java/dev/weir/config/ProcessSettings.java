package dev.weir.config;

import dev.weir.lifecycle.PolicyKind;
import dev.weir.settings.ByteSize;
import dev.weir.settings.Choice;
import dev.weir.settings.Settings;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What all servers of the process share.
 *
 * @param descriptors how file descriptors are rationed
 * @param maxConnections the most connections open at once; empty: as many as the descriptors allow
 * @param maxQueuedBytes the most memory of all write queues together
 * @param overload when newcomers are too many
 * @param drain how the process ends
 * @param endingsKept how many of the last endings of connections are kept to be looked at
 * @param blockedLoopWarning how long one turn of a loop may last before the log says so; empty: it never does
 */
public record ProcessSettings(
        DescriptorSettings descriptors,
        OptionalInt maxConnections,
        ByteSize maxQueuedBytes,
        Choice overload,
        DrainSettings drain,
        int endingsKept,
        Optional<Duration> blockedLoopWarning) {
    private static final ByteSize LEAST_QUEUED = ByteSize.ofMiB(1);
    private static final ByteSize MOST_QUEUED = ByteSize.ofMiB(1024 * 1024);
    private static final Duration LEAST_WARNING = Duration.ofMillis(1);
    private static final Duration MOST_WARNING = Duration.ofHours(1);

    static ProcessSettings read(Settings process) {
        return new ProcessSettings(
                DescriptorSettings.read(process.block("descriptors")),
                process.integerOrAuto("max-connections", 1, Integer.MAX_VALUE),
                process.size("max-queued-bytes", LEAST_QUEUED, MOST_QUEUED),
                process.choiceOrUnread(PolicyKind.OVERLOAD.name(), PolicyKind.OVERLOAD.name()),
                DrainSettings.read(process.block("drain")),
                process.integer("endings-kept", 0, 1 << 20),
                process.durationOrOff("blocked-loop-warning", LEAST_WARNING, MOST_WARNING));
    }
}
