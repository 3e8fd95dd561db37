package dev.weir.engine;

import java.util.ArrayDeque;

/** The {@link Arrival}s of one loop that are nobody's. So messages that come in several receives cost no object each. Used on the loop. */
final class Arrivals {
    private static final int MOST_SPARES = 256;

    private final ArrayDeque<Arrival> spares = new ArrayDeque<>();

    Arrival take() {
        Arrival spare = spares.pollLast();
        return spare == null ? new Arrival() : spare;
    }

    /** Takes one back, and with it the bytes that it keeps. */
    void giveBack(Arrival over) {
        over.clear();
        if (spares.size() < MOST_SPARES) {
            spares.addLast(over);
        }
    }
}
