package dev.weir.protocols.basic;

import dev.weir.plugin.FromSettings;
import dev.weir.settings.Settings;
import jakarta.inject.Inject;
import java.time.InstantSource;

/** Makes {@link Time} with the process's time of day. */
final class TimeFactory implements FromSettings<Time> {
    private final InstantSource instants;

    @Inject
    TimeFactory(InstantSource instants) {
        this.instants = instants;
    }

    @Override
    public Time from(Settings settings) {
        return new Time(instants);
    }
}
