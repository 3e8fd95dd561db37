package dev.weir.protocols.basic;

import dev.weir.plugin.FromSettings;
import dev.weir.settings.Settings;
import jakarta.inject.Inject;
import java.time.InstantSource;

/** Makes {@link Daytime} with the process's time of day. */
final class DaytimeFactory implements FromSettings<Daytime> {
    private final InstantSource instants;

    @Inject
    DaytimeFactory(InstantSource instants) {
        this.instants = instants;
    }

    @Override
    public Daytime from(Settings settings) {
        return new Daytime(settings.oneOf("form", Daytime.Form.class), instants);
    }
}
