package dev.weir.protocols.http1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Finds the route of a request. A path without variables is found by its bytes, without an allocation; others by their segments, the
 * first that was added first.
 */
final class RouteTable {
    private final Route[][] literals;
    private final List<Route> routes;

    RouteTable(List<Route> routes) {
        this.routes = new ArrayList<>(routes);
        // Those without variables are more to the point than those with.
        this.routes.sort((one, other) -> Boolean.compare(other.isLiteral(), one.isLiteral()));
        List<Route> plain = this.routes.stream().filter(Route::isLiteral).toList();
        literals = new Route[Integer.highestOneBit(Math.max(1, plain.size() * 2)) * 2][];
        for (Route route : plain) {
            int at = hash(route.path()) & literals.length - 1;
            Route[] before = literals[at] == null ? new Route[0] : literals[at];
            literals[at] = Arrays.copyOf(before, before.length + 1);
            literals[at][before.length] = route;
        }
    }

    private static int hash(String path) {
        int hash = 0;
        for (int i = 0; i < path.length(); i++) {
            hash = 31 * hash + path.charAt(i);
        }
        return hash ^ hash >>> 16;
    }

    private static int hash(byte[] in, int start, int end) {
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + (in[i] & 0xFF);
        }
        return hash ^ hash >>> 16;
    }

    /** The route of a request whose path has no variables, and which needs no decoding; null when there is none. */
    Route literal(HttpRequest request) {
        Route[] candidates =
                literals[hash(request.bytes(), request.pathStart(), request.pathEnd()) & literals.length - 1];
        if (candidates == null) {
            return null;
        }
        Route forHead = null;
        for (Route route : candidates) {
            if (request.isPath(route.path())) {
                if (request.isMethod(route.method())) {
                    return route;
                }
                if (route.method().equals("GET") && request.isMethod("HEAD")) {
                    forHead = route;
                }
            }
        }
        return forHead;
    }

    /** A route that matches, with the path's variables set at the request; empty when none does. */
    Optional<Route> bySegments(HttpRequest request) {
        List<String> segments = segments(request.path());
        Route forHead = null;
        for (Route route : routes) {
            boolean fits = request.isMethod(route.method());
            boolean fitsHead = forHead == null && route.method().equals("GET") && request.isMethod("HEAD");
            if (fits || fitsHead) {
                Optional<String[]> variables = route.match(segments);
                variables.ifPresent(request::parameters);
                if (variables.isPresent() && fits) {
                    return Optional.of(route);
                }
                forHead = variables.isPresent() ? route : forHead;
            }
        }
        return Optional.ofNullable(forHead);
    }

    /** The methods that the path is answered for, as the field Allow lists them; empty when there are none. */
    String allowed(HttpRequest request) {
        List<String> segments = segments(request.path());
        TreeSet<String> methods = new TreeSet<>();
        for (Route route : routes) {
            if (route.match(segments).isPresent()) {
                methods.add(route.method());
            }
        }
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        if (!methods.isEmpty()) {
            methods.add("OPTIONS");
        }
        return String.join(", ", methods);
    }

    /**
     * A path's segments, decoded each by itself, so that an encoded slash divides nothing. Empty, so that no route matches, where one
     * cannot be decoded, and for what is no path: the asterisk, and what CONNECT names.
     */
    private static List<String> segments(String path) {
        if (!path.isEmpty() && path.charAt(0) != '/') {
            return List.of();
        }
        List<String> segments = new ArrayList<>();
        for (String segment : (path.isEmpty() ? path : path.substring(1)).split("/", -1)) {
            Optional<String> decoded = Percent.decode(segment);
            if (decoded.isEmpty()) {
                return List.of();
            }
            segments.add(decoded.get());
        }
        return segments;
    }
}
