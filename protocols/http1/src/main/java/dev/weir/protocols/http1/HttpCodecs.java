package dev.weir.protocols.http1;

import dev.weir.plugin.FromSettings;
import dev.weir.settings.Settings;
import jakarta.inject.Inject;
import java.time.InstantSource;

/** Makes the codec from its settings, with the process's time of day. */
final class HttpCodecs implements FromSettings<HttpCodecFactory> {
    private final InstantSource instants;

    @Inject
    HttpCodecs(InstantSource instants) {
        this.instants = instants;
    }

    @Override
    public HttpCodecFactory from(Settings settings) {
        return new HttpCodecFactory(HttpLimits.from(settings), instants);
    }
}
