package dev.weir.lifecycle;

import dev.weir.transport.Endpoint;
import dev.weir.transport.PeerCredentials;
import java.util.Optional;

/** Whether an accepted connection may stay. Asked on the listener's loop, before the protocol sees it. */
@FunctionalInterface
public interface AdmissionPolicy extends Policy {

    /**
     * What is known of the newcomer.
     *
     * @param local the address it connected to
     * @param peer where it comes from
     * @param credentials whose process it is, on a Unix domain socket whose transport can ask
     * @param openOnServer connections of this server that are open, without it
     */
    record Newcomer(Endpoint local, Endpoint peer, Optional<PeerCredentials> credentials, long openOnServer) {}

    /** The answer. */
    sealed interface Verdict {}

    /** It may stay. */
    record Admit() implements Verdict {
        /** The one there need be. */
        public static final Admit ADMIT = new Admit();
    }

    /** It is closed at once; {@code why} is told in the log. */
    record Refuse(String why) implements Verdict {}

    /** Decides. */
    Verdict admit(Newcomer newcomer);
}
