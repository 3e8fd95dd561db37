package dev.weir.protocols.http1;

import dev.weir.protocols.http1.accesslog.AccessFormat;
import dev.weir.protocols.http1.accesslog.AccessLog;
import dev.weir.settings.Settings;
import dev.weir.time.Clock;
import java.time.InstantSource;

/**
 * The access log of one server.
 *
 * @param format of its lines
 * @param queue the most entries that wait for the log's thread, for each loop
 * @param log where they go
 * @param clock tells how long an answer takes
 */
record AccessSettings(AccessFormat format, int queue, AccessLog log, Clock clock) {

    static AccessSettings from(Settings settings, AccessLog log, Clock clock) {
        return new AccessSettings(
                settings.oneOf("format", AccessFormat.class), settings.integer("queue", 1, 1_000_000), log, clock);
    }

    /** Where the log of one loop goes; null when it is off. */
    AccessTrail.Way way(InstantSource instants) {
        return format == AccessFormat.OFF ? null : new AccessTrail.Way(log.queue(format, queue), clock, instants);
    }
}
