package dev.weir.lifecycle;

import dev.weir.fault.CloseReason;
import java.util.Objects;

/** What a policy that watches over a connection in time answers. */
public sealed interface Verdict {

    /**
     * All is well; look again after {@code nanos}.
     *
     * @param nanos above 0; {@link Long#MAX_VALUE}: never again
     */
    record LookAgain(long nanos) implements Verdict {
        /** Refuses other times. */
        public LookAgain {
            Bounds.check("nanos", nanos, 1);
        }
    }

    /**
     * All is well, and what was sent and received so far is judged: {@code Connection.queuedSinceNanos} and {@code
     * bytesSentSinceQueued} begin anew, and so do {@code receivingSinceNanos} and {@code receivingBytes}; look again after {@code nanos}.
     *
     * @param nanos above 0
     */
    record CountAnew(long nanos) implements Verdict {
        /** Refuses other times. */
        public CountAnew {
            Bounds.check("nanos", nanos, 1);
        }
    }

    /**
     * The connection is to end for this reason, but first what is in flight is to be finished; look again after {@code nanos}.
     *
     * @param nanos above 0
     */
    record Drain(CloseReason reason, long nanos) implements Verdict {
        /** Refuses other times, and null. */
        public Drain {
            Objects.requireNonNull(reason, "reason");
            Bounds.check("nanos", nanos, 1);
        }
    }

    /**
     * The peer is to be asked whether it is there, by the ping of the connection's protocol; look again after {@code nanos}. A
     * connection that has changed to a protocol without pings is not asked.
     *
     * @param nanos above 0
     */
    record Ping(long nanos) implements Verdict {
        /** Refuses other times. */
        public Ping {
            Bounds.check("nanos", nanos, 1);
        }
    }

    /**
     * The connection is to be closed for this reason.
     *
     * @param force without flushing and waiting: where the protocol or the codec has a goodbye, what is queued and that go as far as the
     *     socket takes them at once; where there is none the connection is reset
     */
    record CloseNow(CloseReason reason, boolean force) implements Verdict {
        /** Refuses null. */
        public CloseNow {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
