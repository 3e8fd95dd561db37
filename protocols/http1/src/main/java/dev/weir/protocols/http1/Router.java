package dev.weir.protocols.http1;

import dev.weir.protocol.Handler;
import dev.weir.protocol.Session;
import dev.weir.protocols.http1.Route.Answer;
import java.util.ArrayList;
import java.util.List;

/**
 * A protocol made of handlers, each for a method and a path.
 *
 * <pre>{@code
 * Router.builder()
 *         .on("GET /rooms/{id}", request -> HttpResponse.text("room " + request.parameter("id")))
 *         .blocking("POST /rooms", request -> HttpResponse.text(201, rooms.create(request.contentText())))
 *         .build();
 * }</pre>
 *
 * <p>HEAD is answered by the handler of GET, OPTIONS by the methods that there are, a path that is known under other methods by 405, and
 * any other by 404. Immutable, and used by every loop at once.
 */
public final class Router implements HttpProtocol {
    private final RouteTable routes;

    private Router(RouteTable routes) {
        this.routes = routes;
    }

    /** A router without routes. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects routes. */
    public static final class Builder {
        private static final long DEFAULT_MAX_BODY = 1024 * 1024;

        private final List<Route> routes = new ArrayList<>();
        private long maxBody = DEFAULT_MAX_BODY;

        private Builder() {}

        /**
         * The most bytes of a body, for the routes that are added from now on and take it whole; 1 MiB by default. More is 413. It bounds
         * each request by itself: a client may send so many bodies for blocking routes at a time as the codec's {@code max-pipelined}
         * lets requests of a connection wait, 16 by default.
         */
        public Builder maxBody(long bytes) {
            maxBody = bytes;
            return this;
        }

        /**
         * Adds a handler that runs on the loop, and must not block.
         *
         * @param route method and path, "GET /rooms/{id}": {@code {id}} stands for one segment, {@code {path...}} as the last for all
         *     that follow. What stands there is decoded, and anything that a client may send: also "..", and a slash in {@code {id}},
         *     if it was sent as %2F
         * @throws IllegalArgumentException when that is no route, or is there already
         */
        public Builder on(String route, HttpHandler handler) {
            return add(Route.of(route, new Answer.AtOnce(handler, maxBody)));
        }

        /**
         * As {@link #on}, for a handler that may block: each request has a virtual thread, which is interrupted if the connection ends.
         * It gets a copy of the request.
         */
        public Builder blocking(String route, HttpHandler handler) {
            return add(Route.of(route, new Answer.Blocking(handler, maxBody)));
        }

        /** As {@link #on}, for a handler that answers later, or in parts, or takes the body in pieces. */
        public Builder exchange(String route, ExchangeHandler handler) {
            return add(Route.of(route, new Answer.Later(handler)));
        }

        private Builder add(Route added) {
            for (Route route : routes) {
                if (route.method().equals(added.method()) && route.path().equals(added.path())) {
                    throw new IllegalArgumentException(
                            "the route " + added.method() + " " + added.path() + " is there already");
                }
            }
            routes.add(added);
            return this;
        }

        /** The router. */
        public Router build() {
            return new Router(new RouteTable(routes));
        }
    }

    @Override
    public Handler<HttpRequest> open(Session<HttpResponse> session) {
        return new RoutedConnection(session, routes);
    }
}
