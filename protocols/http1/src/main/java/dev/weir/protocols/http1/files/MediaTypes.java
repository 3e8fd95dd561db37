package dev.weir.protocols.http1.files;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The media types of files, by what their names end with (RFC 9110, 8.3). Text is UTF-8, unless its type says otherwise. */
final class MediaTypes {
    private static final String TABLE = "media-types";
    private static final String UNKNOWN = "application/octet-stream";

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final Pattern MEDIA_TYPE = Pattern.compile(
            TOKEN + "/" + TOKEN + "(?:[ \t]*;[ \t]*" + TOKEN + "=(?:" + TOKEN + "|\"[^\"\\\\\\p{Cntrl}]*\"))*");

    private final Map<String, String> byExtension = new HashMap<>();

    /** @param additions types by extension, without its dot; before those of the table */
    MediaTypes(Map<String, String> additions) {
        readTable();
        additions.forEach(this::add);
    }

    /** Whether a text is a media type, perhaps with parameters (RFC 9110, 8.3.1). */
    static boolean isMediaType(String text) {
        return MEDIA_TYPE.matcher(text).matches();
    }

    /** The type of a file of that name. */
    String of(String name) {
        int dot = name.lastIndexOf('.');
        String extension = name.substring(dot + 1).toLowerCase(Locale.ROOT);
        return dot < 0 ? UNKNOWN : byExtension.getOrDefault(extension, UNKNOWN);
    }

    /** The type of each extension that is known. */
    Collection<String> all() {
        return byExtension.values();
    }

    private void add(String extension, String mediaType) {
        boolean isBareText = mediaType.startsWith("text/") && mediaType.indexOf(';') < 0;
        byExtension.put(extension.toLowerCase(Locale.ROOT), isBareText ? mediaType + "; charset=utf-8" : mediaType);
    }

    /** A type and its extensions on each line. */
    private void readTable() {
        try (InputStream table = MediaTypes.class.getResourceAsStream(TABLE);
                BufferedReader lines = new BufferedReader(new InputStreamReader(table, StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.strip().split("\\s+", -1);
                for (int i = 1; i < words.length && !line.startsWith("#"); i++) {
                    add(words[i], words[0]);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the table of media types cannot be read from the jar", e);
        }
    }
}
