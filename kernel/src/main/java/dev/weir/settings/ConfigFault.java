package dev.weir.settings;

/**
 * One thing wrong with the configuration.
 *
 * @param where file and line ("conf/weir.conf:12"), or what stands in for it ("command line")
 * @param path the full key ("weir.servers.echo.codec.max-frame"), or empty when it is not about a key
 * @param problem what is wrong, with the value
 * @param cure how to mend it
 */
public record ConfigFault(String where, String path, String problem, String cure) {

    @Override
    public String toString() {
        return where + ": " + (path.isEmpty() ? "" : path + ": ") + problem + (cure.isEmpty() ? "" : " " + cure);
    }
}
