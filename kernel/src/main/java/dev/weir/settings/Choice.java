package dev.weir.settings;

import com.typesafe.config.ConfigOrigin;

/**
 * A part that the configuration chose by name, with the settings for it.
 *
 * @param kind what sort of part ("codec", "protocol", "accept" …)
 * @param name the chosen name ("line"); empty when it could not be read, and a fault says why
 * @param settings its block over its defaults
 * @param path the key that made the choice ("weir.servers.echo.codec")
 * @param origin where the choice stands
 */
public record Choice(String kind, String name, Settings settings, String path, ConfigOrigin origin) {

    /** Whether it could be read. If not, it stands in so that reading can go on, and nothing can be made of it. */
    public boolean isRead() {
        return !name.isEmpty();
    }

    /** Another choice of the same kind at the same place, with nothing but its defaults: for words such as {@code auto}. */
    public Choice as(String other) {
        return new Choice(kind, other, settings.defaultsOf(kind, other), path, origin);
    }
}
