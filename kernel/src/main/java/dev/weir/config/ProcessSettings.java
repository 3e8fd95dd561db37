package dev.weir.config;

import dev.weir.settings.Settings;
import java.util.OptionalInt;

/**
 * What all servers of the process share.
 *
 * @param descriptors how file descriptors are rationed
 * @param maxConnections the most connections open at once; empty: as many as the descriptors allow
 * @param drain how the process ends
 */
public record ProcessSettings(DescriptorSettings descriptors, OptionalInt maxConnections, DrainSettings drain) {

    static ProcessSettings read(Settings process) {
        return new ProcessSettings(
                DescriptorSettings.read(process.block("descriptors")),
                process.integerOrAuto("max-connections", 1, Integer.MAX_VALUE),
                DrainSettings.read(process.block("drain")));
    }
}
