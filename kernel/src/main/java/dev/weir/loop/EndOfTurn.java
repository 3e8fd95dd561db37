package dev.weir.loop;

/** Something to do once at the end of a turn. */
@FunctionalInterface
public interface EndOfTurn {

    /** The turn ends. On the loop. */
    void turnEnds();
}
