package dev.weir.loop;

import dev.weir.transport.Token;
import java.util.Arrays;

/** Token to handler. A slot that is used again has another generation, so that a late event finds nobody. Owned by one loop. */
final class TokenTable {
    private LoopHandler[] handlers = new LoopHandler[64];
    private int[] generations = new int[64];
    private int[] free = new int[64];
    private int freeCount;
    private int used;

    long add(LoopHandler handler) {
        int slot = freeCount > 0 ? free[--freeCount] : grow();
        handlers[slot] = handler;
        return Token.of(slot, ++generations[slot]);
    }

    void remove(long token) {
        int slot = Token.slot(token);
        if (find(token) == null) {
            throw new IllegalStateException("token " + slot + "/" + Token.generation(token) + " is not registered");
        }
        handlers[slot] = null;
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, freeCount * 2);
        }
        free[freeCount++] = slot;
    }

    /** The handler, or null for a token of the past. */
    LoopHandler find(long token) {
        int slot = Token.slot(token);
        return slot >= 0 && slot < used && generations[slot] == Token.generation(token) ? handlers[slot] : null;
    }

    int size() {
        return used - freeCount;
    }

    private int grow() {
        if (used == handlers.length) {
            handlers = Arrays.copyOf(handlers, used * 2);
            generations = Arrays.copyOf(generations, used * 2);
        }
        return used++;
    }
}
