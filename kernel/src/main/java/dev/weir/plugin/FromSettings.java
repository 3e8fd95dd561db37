package dev.weir.plugin;

import dev.weir.settings.Settings;

/**
 * Makes a configured part. Called once for each place in the configuration that uses it, at start-up. A part that is {@link
 * AutoCloseable} is closed once, in the end: when Weir has ended and neither loops nor threads of connections use it any more, or when
 * the configuration turned out to be wrong, so that it never was used. {@code weir check} makes parts and closes them, too: what costs
 * something is begun when the part is first used.
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
