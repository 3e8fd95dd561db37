package dev.weir.protocols.http1;

import dev.weir.plugin.FromSettings;
import dev.weir.protocols.http1.accesslog.AccessLog;
import dev.weir.settings.Settings;
import dev.weir.time.Clock;
import jakarta.inject.Inject;
import java.time.InstantSource;

/** Makes the codec from its settings, with the process's time and its access log. */
final class HttpCodecs implements FromSettings<HttpCodecFactory> {
    private final InstantSource instants;
    private final Clock clock;
    private final AccessLog log;

    @Inject
    HttpCodecs(InstantSource instants, Clock clock, AccessLog log) {
        this.instants = instants;
        this.clock = clock;
        this.log = log;
    }

    @Override
    public HttpCodecFactory from(Settings settings) {
        return new HttpCodecFactory(
                HttpLimits.from(settings), instants, AccessSettings.from(settings.block("access-log"), log, clock));
    }
}
