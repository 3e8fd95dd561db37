package dev.weir.plugin;

import dev.weir.settings.Settings;

/**
 * Makes a configured part. Called once for each place in the configuration that uses it, at start-up.
 *
 * @param <T> what it makes
 */
@FunctionalInterface
public interface FromSettings<T> {

    /**
     * Reads the settings and makes the part. Bad input is noted in the settings, not thrown; the part is then never used.
     */
    T from(Settings settings);
}
