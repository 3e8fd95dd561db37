package dev.weir.protocols.http1;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What answers one method and path.
 *
 * @param method the method
 * @param path as it was written
 * @param segments what stands between the slashes: a text, {@code {name}} for any one segment, or at the end {@code {name...}} for all
 *     that follows
 * @param answer what answers
 */
record Route(String method, String path, List<String> segments, Answer answer) {

    /** In which way a route answers. */
    sealed interface Answer {
        /** At once, with a body of at most so many bytes. */
        record AtOnce(HttpHandler handler, long maxBody) implements Answer {}

        /** On a virtual thread, with a body of at most so many bytes. */
        record Blocking(HttpHandler handler, long maxBody) implements Answer {}

        /** In its own time. */
        record Later(ExchangeHandler handler) implements Answer {}
    }

    /** @param spec method and path, "GET /rooms/{id}" */
    static Route of(String spec, Answer answer) {
        int space = spec.indexOf(' ');
        String path = spec.substring(space + 1);
        String method = space < 0 ? "" : spec.substring(0, space);
        if (method.isEmpty()
                || !method.equals(method.toUpperCase(Locale.ROOT))
                || !path.startsWith("/")
                || path.indexOf(' ') >= 0) {
            throw new IllegalArgumentException(
                    "a route is a method, a space and a path, as in \"GET /rooms/{id}\", not \"" + spec + "\"");
        }
        List<String> segments = List.of(path.substring(1).split("/", -1));
        for (int i = 0; i < segments.size(); i++) {
            check(spec, segments.get(i), i == segments.size() - 1);
        }
        return new Route(method, path, segments, answer);
    }

    private static void check(String spec, String segment, boolean isLast) {
        boolean mentions = segment.indexOf('{') >= 0 || segment.indexOf('}') >= 0;
        if (mentions && !isVariable(segment)) {
            throw new IllegalArgumentException(
                    "a variable fills a whole segment, /{id}/, which \"" + segment + "\" of " + spec + " is not");
        }
        if (isRest(segment) && !isLast) {
            throw new IllegalArgumentException("only the last segment can stand for all that follows: " + spec);
        }
    }

    private static boolean isVariable(String segment) {
        return segment.length() > 2
                && segment.startsWith("{")
                && segment.endsWith("}")
                && segment.indexOf('{', 1) < 0
                && segment.indexOf('}') == segment.length() - 1;
    }

    private static boolean isRest(String segment) {
        return segment.endsWith("...}");
    }

    /** True when the path has no variable. */
    boolean isLiteral() {
        return segments.stream().noneMatch(Route::isVariable);
    }

    /**
     * Matches a path.
     *
     * @param decoded its segments, decoded
     * @return the variables, as pairs of name and text; empty when it does not match
     */
    Optional<String[]> match(List<String> decoded) {
        List<String> variables = new ArrayList<>();
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            if (i >= decoded.size()) {
                return Optional.empty();
            }
            if (isRest(segment)) {
                variables.add(segment.substring(1, segment.length() - 4));
                variables.add(String.join("/", decoded.subList(i, decoded.size())));
                return Optional.of(variables.toArray(new String[0]));
            }
            if (isVariable(segment)) {
                variables.add(segment.substring(1, segment.length() - 1));
                variables.add(decoded.get(i));
            } else if (!segment.equals(decoded.get(i))) {
                return Optional.empty();
            }
        }
        return decoded.size() == segments.size() ? Optional.of(variables.toArray(new String[0])) : Optional.empty();
    }
}
