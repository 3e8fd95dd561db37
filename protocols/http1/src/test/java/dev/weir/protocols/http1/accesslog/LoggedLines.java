package dev.weir.protocols.http1.accesslog;

import dev.weir.metrics.Metrics;
import java.util.function.Consumer;

/** Access logs whose lines a test gets. */
public final class LoggedLines {
    private LoggedLines() {}

    /** A log that writes there. */
    public static AccessLog to(Consumer<String> lines) {
        return new AccessLog(new Metrics(), lines);
    }
}
