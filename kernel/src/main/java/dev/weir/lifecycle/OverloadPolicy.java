package dev.weir.lifecycle;

import java.util.List;
import java.util.Objects;
import java.util.Set;

/** When the process has too much to do to take newcomers. One for the process; it acts on the admission of all its servers. */
public interface OverloadPolicy {

    /** What a process can run short of. */
    enum Resource {
        /**
         * How long a new event waits on an event loop before it is looked at, in nanoseconds: on the loop where that is least. One that
         * is blocked is no overload.
         */
        LOOP_LAG,
        /** The part of the greatest heap that the last garbage collection left in use, in percent. As old as that collection. */
        HEAP,
        /** The part of the greatest direct memory that is in use, in percent. */
        DIRECT_MEMORY,
        /** The part of the descriptor limit that is in use, in percent. */
        DESCRIPTORS
    }

    /**
     * How much of a resource is in use.
     *
     * @param value in the resource's unit
     * @param ageNanos how long ago that was so
     */
    record Reading(Resource resource, long value, long ageNanos) {}

    /** What is to become of newcomers. */
    sealed interface Action {}

    /** They come in. */
    record Proceed() implements Action {
        /** The one there need be. */
        public static final Proceed PROCEED = new Proceed();
    }

    /**
     * They wait in the system's accept queue; the listeners look again after this time.
     *
     * @param nanos above 0
     */
    record Delay(long nanos, String why) implements Action {
        /** Refuses other times, and null. */
        public Delay {
            Bounds.check("nanos", nanos, 1);
            Objects.requireNonNull(why, "why");
        }
    }

    /** They are sent away; {@code why} is told to them where the protocol has a goodbye. */
    record RefuseAll(String why) implements Action {
        /** Refuses null. */
        public RefuseAll {
            Objects.requireNonNull(why, "why");
        }
    }

    /** What is to be read for it. The same at every call; with nothing to read it is never asked. */
    Set<Resource> watched();

    /**
     * Judges. Asked about ten times a second, by one thread at a time, which is no event loop's.
     *
     * @param readings one for each watched resource of which there is a reading
     */
    Action judge(List<Reading> readings);
}
