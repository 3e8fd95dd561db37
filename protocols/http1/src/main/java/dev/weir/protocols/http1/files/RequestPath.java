package dev.weir.protocols.http1.files;

import dev.weir.protocols.http1.Percent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a request's path asks for: plain names, each below the one before. Nothing else comes out of it, so that no path can lead
 * upwards, and one file has one path.
 *
 * @param names the names, decoded; none for the root
 * @param isDirectory whether the path ends with a slash
 */
record RequestPath(List<String> names, boolean isDirectory) {
    /** NAME_MAX of Linux, in bytes (limits.h). */
    private static final int LONGEST_NAME = 255;

    /** PATH_MAX of Linux: no longer path can be opened. */
    private static final int LONGEST = 4096;

    /** RFC 3986, 2.3. */
    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    /**
     * Reads a path.
     *
     * @param path as it was sent
     * @param hidden whether names may begin with a dot
     * @return empty when no file can have that path: it cannot be decoded, or has a name that is empty, {@code .}, {@code ..}, hidden
     *     or too long, or in which there is a slash, a backslash or a control character
     */
    static Optional<RequestPath> of(String path, boolean hidden) {
        if (path.isEmpty()) {
            return Optional.of(new RequestPath(List.of(), true));
        }
        if (!path.startsWith("/") || path.length() > LONGEST) {
            return Optional.empty();
        }
        String[] segments = path.substring(1).split("/", -1);
        boolean endsWithSlash = segments[segments.length - 1].isEmpty();
        int count = segments.length - (endsWithSlash ? 1 : 0);
        List<String> names = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Optional<String> name = Percent.decode(segments[i]).filter(decoded -> isName(decoded, hidden));
            if (name.isEmpty()) {
                return Optional.empty();
            }
            names.add(name.get());
        }
        return Optional.of(new RequestPath(List.copyOf(names), endsWithSlash));
    }

    /** Whether a file of a directory can be asked for by this name. */
    static boolean isName(String name, boolean hidden) {
        boolean isPlain = !name.isEmpty()
                && !name.equals(".")
                && !name.equals("..")
                && (hidden || !name.startsWith("."))
                && name.chars().allMatch(c -> c != '/' && c != '\\' && !Character.isISOControl(c));
        return isPlain && name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME;
    }

    /** Where this is as a directory, relative to the path that was asked for. Not to be asked of the root. */
    String withSlash() {
        // Everything but what means nothing is encoded: so it can be neither a scheme nor another host.
        StringBuilder encoded = new StringBuilder();
        for (byte b : names.getLast().getBytes(StandardCharsets.UTF_8)) {
            if (UNRESERVED.indexOf(b) >= 0) {
                encoded.append((char) b);
            } else {
                encoded.append(String.format("%%%02X", b));
            }
        }
        return encoded.append('/').toString();
    }
}
