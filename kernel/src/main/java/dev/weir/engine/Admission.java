package dev.weir.engine;

import dev.weir.fault.FailureLog;
import dev.weir.lifecycle.AdmissionPolicy;
import dev.weir.lifecycle.AdmissionPolicy.Admit;
import dev.weir.lifecycle.AdmissionPolicy.Manner;
import dev.weir.lifecycle.AdmissionPolicy.Newcomer;
import dev.weir.lifecycle.AdmissionPolicy.Refuse;
import dev.weir.lifecycle.AdmissionPolicy.Rule;
import dev.weir.lifecycle.AdmissionPolicy.Verdict;
import dev.weir.lifecycle.OverloadPolicy;
import dev.weir.time.Clock;
import dev.weir.transport.Endpoint;
import dev.weir.transport.StreamSocket;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a server's admission policy, and lets no mistake of its author get further. */
final class Admission {
    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);
    private static final Refuse FAILED = new Refuse(Rule.OTHER, "a policy failed", Manner.CLOSE);

    private final AdmissionPolicy policy;
    private final OverloadGate gate;
    private final ServerProfile profile;
    private final Clock clock;
    private final Manner mannerAtCap;
    private final FailureLog delayFailures = new FailureLog(LOG);
    private final FailureLog verdictFailures = new FailureLog(LOG);
    private final FailureLog endFailures = new FailureLog(LOG);

    Admission(AdmissionPolicy policy, OverloadGate gate, ServerProfile profile, Clock clock) {
        this.policy = policy;
        this.gate = gate;
        this.profile = profile;
        this.clock = clock;
        this.mannerAtCap = mannerAtCap(policy, profile);
    }

    @SuppressWarnings("CatchingUnchecked") // The border between Weir's code and a plugin's.
    private static Manner mannerAtCap(AdmissionPolicy policy, ServerProfile profile) {
        try {
            return Objects.requireNonNull(policy.mannerAtCap(), "no manner");
        } catch (Throwable e) {
            Fatal.rethrow(e);
            LOG.error("the admission policy of server {} failed; at the cap the manner is auto", profile.name(), e);
            return Manner.AUTO;
        }
    }

    /** How those are sent away for whom the process has no place. */
    Manner mannerAtCap() {
        return mannerAtCap;
    }

    /** How long the listener is to wait before it accepts; 0: not at all. */
    @SuppressWarnings("CatchingUnchecked") // The border between Weir's code and a plugin's.
    long delayNanos(long nowNanos) {
        long overload = gate.action() instanceof OverloadPolicy.Delay delay ? Math.max(0, delay.nanos()) : 0;
        try {
            return Math.max(overload, policy.delayNanos(nowNanos));
        } catch (Throwable e) {
            Fatal.rethrow(e);
            delayFailures.error(
                    nowNanos, "the admission policy of server " + profile.name() + " failed; it delays nobody", e);
            return overload;
        }
    }

    /** What becomes of an accepted connection. */
    @SuppressWarnings("CatchingUnchecked") // The border between Weir's code and a plugin's.
    Verdict admit(StreamSocket accepted, Endpoint peer, long nowNanos) {
        if (gate.action() instanceof OverloadPolicy.RefuseAll refuse) {
            return new Refuse(Rule.OVERLOAD, refuse.why(), mannerAtCap);
        }
        try {
            Endpoint local = accepted.localAddress();
            var newcomer = new Newcomer(
                    local,
                    peer,
                    local instanceof Endpoint.Inet ? Optional.empty() : accepted.peerCredentials(),
                    profile.metrics().open());
            return Objects.requireNonNull(policy.admit(newcomer, nowNanos), "no verdict");
        } catch (Throwable e) {
            Fatal.rethrow(e);
            verdictFailures.error(
                    nowNanos,
                    "the admission policy of server " + profile.name()
                            + " failed, or what it was to be told; the connection from " + peer
                            + " is refused",
                    e);
            return FAILED;
        }
    }

    /** Tells the policy that a connection which it admitted has ended. */
    @SuppressWarnings("CatchingUnchecked") // The border between Weir's code and a plugin's.
    void ended(Admit admitted) {
        try {
            admitted.onEnd().run();
        } catch (Throwable e) {
            Fatal.rethrow(e);
            endFailures.error(
                    clock.nanoTime(),
                    "the admission policy of server " + profile.name() + " failed at a connection's end",
                    e);
        }
    }
}
