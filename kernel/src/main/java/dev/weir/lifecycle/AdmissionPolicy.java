package dev.weir.lifecycle;

import dev.weir.transport.Endpoint;
import dev.weir.transport.PeerCredentials;
import java.util.Objects;
import java.util.Optional;

/**
 * Who may come in, and how fast. One object per server: where each loop listens for itself (SO_REUSEPORT) it is asked by all of them at
 * once, so state that it keeps must be safe for that.
 */
@FunctionalInterface
public interface AdmissionPolicy extends Policy {

    /**
     * What is known of the newcomer.
     *
     * @param local the address it connected to
     * @param peer where it comes from; {@link Endpoint.Unknown} when it was gone before anyone could ask
     * @param credentials whose process it is, on a Unix domain socket whose transport can ask
     * @param openOnServer connections of this server that are open, without it; where several loops listen, about
     */
    record Newcomer(Endpoint local, Endpoint peer, Optional<PeerCredentials> credentials, long openOnServer) {}

    /** The answer. */
    sealed interface Verdict {}

    /**
     * It may stay.
     *
     * @param onEnd run once, when the connection has ended or could not be opened, on whichever loop that happens: for what the policy
     *     counts. Must not block
     */
    record Admit(Runnable onEnd) implements Verdict {
        /** It may stay, and nobody counts it. */
        public static final Admit ADMIT = new Admit(() -> {});

        /** Refuses null. */
        public Admit {
            Objects.requireNonNull(onEnd, "onEnd");
        }
    }

    /**
     * It may not.
     *
     * @param rule for the counters
     * @param why for the log; the protocol's goodbye sees it as the reason's detail
     * @param manner how it is sent away
     */
    record Refuse(Rule rule, String why, Manner manner) implements Verdict {
        /** Refuses null. */
        public Refuse {
            Objects.requireNonNull(rule, "rule");
            Objects.requireNonNull(why, "why");
            Objects.requireNonNull(manner, "manner");
        }

        /** Refused by a rule of the policy's own, in the usual manner. */
        public Refuse(String why) {
            this(Rule.OTHER, why, Manner.AUTO);
        }
    }

    /** What a newcomer was refused by. */
    enum Rule {
        /** The process had as many connections as it may have. The engine's own rule. */
        PROCESS,
        /** The server had as many. */
        CONNECTIONS,
        /** Its address had as many. */
        PER_ADDRESS,
        /** It came too soon after others. */
        RATE,
        /** Its address is not allowed. */
        ADDRESS,
        /** Its user or group is not allowed. */
        CREDENTIALS,
        /** The process is overloaded. */
        OVERLOAD,
        /** Something that a plugin decided. */
        OTHER
    }

    /** How a newcomer is sent away. */
    enum Manner {
        /** With the goodbye of the protocol or the codec where one has it, else by a plain close. */
        AUTO,
        /** With that goodbye; a plain close where there are already too many to say it to. */
        GOODBYE,
        /** At once by a plain close, after what the peer has sent so far was read and dropped. */
        CLOSE,
        /** By a reset: nothing of the connection stays, not even its TIME_WAIT. */
        RESET
    }

    /**
     * Asked before each accept: how long the listener is to wait first, while clients stay in the system's accept queue. It is asked
     * again after that time, and not at a drain, which takes who waits. On the listener's loop.
     *
     * @param nowNanos {@link dev.weir.time.Clock#nanoTime()}
     * @return nanoseconds; 0 or less: accept now
     */
    default long delayNanos(long nowNanos) {
        return 0;
    }

    /**
     * How those are sent away who are not asked about: for whom the process has no place, or because of overload. Asked once, when the
     * server is made.
     */
    default Manner mannerAtCap() {
        return Manner.AUTO;
    }

    /**
     * Decides about an accepted connection, before the protocol sees it. On the listener's loop.
     *
     * @param nowNanos {@link dev.weir.time.Clock#nanoTime()}
     */
    Verdict admit(Newcomer newcomer, long nowNanos);
}
