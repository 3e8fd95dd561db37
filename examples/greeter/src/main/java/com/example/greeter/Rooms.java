package com.example.greeter;

import dev.weir.protocols.http1.HttpResponse;
import dev.weir.protocols.http1.Router;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Rooms with a guest each, over HTTP. One object for all connections, on all loops. */
final class Rooms {
    private final Map<String, String> guests = new ConcurrentHashMap<>(Map.of("7", "Ada"));

    Router router() {
        return Router.builder()
                .on("GET /rooms/{id}", request -> guests.containsKey(request.parameter("id"))
                        ? HttpResponse.text(guests.get(request.parameter("id")) + "\n")
                        : HttpResponse.text(404, "This room is empty.\n"))
                .blocking("PUT /rooms/{id}", request -> {
                    guests.put(request.parameter("id"), request.contentText());
                    return HttpResponse.of(204);
                })
                .build();
    }
}
