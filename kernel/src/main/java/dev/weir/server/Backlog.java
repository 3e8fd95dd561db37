package dev.weir.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** How many connections may wait for accept when the configuration leaves that to Weir. */
final class Backlog {
    /** More only hides a server that cannot keep up. */
    private static final int MOST = 4096;

    /** What Linux allowed before 5.4, for systems that do not say. */
    private static final int USUAL = 128;

    private static final int LONGEST_NUMBER = 32;

    private Backlog() {}

    /** The smaller of 4096 and what the kernel allows (listen(2), somaxconn). The JDK's own default is 50. */
    static int auto(Path somaxconn) {
        try (InputStream file = Files.newInputStream(somaxconn)) {
            // In one read: such a file of /proc gives its number from the first byte on or not at all.
            String number = new String(file.readNBytes(LONGEST_NUMBER), StandardCharsets.US_ASCII);
            return Math.clamp(Long.parseLong(number.strip()), 1, MOST);
        } catch (IOException | NumberFormatException e) {
            // Not Linux, or /proc is not mounted: the kernel cuts the number down to what it allows anyway.
            return USUAL;
        }
    }
}
