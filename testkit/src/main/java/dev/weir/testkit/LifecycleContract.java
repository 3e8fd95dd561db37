package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.fault.CloseReason.Cause;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/**
 * What holds of a connection whatever happens to it. A transport's test extends this and says how to get at the transport.
 */
@AddLifecycleHook(LeakCheck.class)
public abstract class LifecycleContract {

    /** A new way to the transport under test. Called once for each run of a law. */
    protected abstract TransportSubject subject();

    /** Something happens. */
    enum Event {
        PEER_SENDS,
        PEER_READS,
        PEER_HALF_CLOSES,
        PEER_CLOSES,
        PEER_RESETS,
        SEND,
        SEND_OFF_LOOP,
        PAUSE,
        RESUME,
        HOLD,
        RELEASE,
        SCHEDULE,
        SWITCH,
        THROW,
        CLOSE,
        ABORT,
        TURN,
        TIME;

        boolean isPeers() {
            return compareTo(SEND) < 0;
        }

        boolean isSessions() {
            return !isPeers() && compareTo(TURN) < 0;
        }
    }

    /**
     * An event.
     *
     * @param connection which of the two
     * @param inCall for a session's: in the next call of the handler, and not in a task
     * @param amount bytes, turns or milliseconds
     */
    record Step(Event event, int connection, boolean inCall, int amount) {}

    /** What the peer's end means. */
    enum HalfClose {
        ANSWER_THEN_CLOSE,
        PROPAGATE,
        CLOSE
    }

    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void onOpenedComesFirstAndOnClosedLastAndOnce(
            @ForAll HalfClose halfClose, @ForAll("steps") @Size(max = 30) List<Step> steps) throws Exception {
        WatchedCodecs codecs = new WatchedCodecs(new Frames());
        Lives lives = new Lives(codecs);
        String policy = halfClose.name().toLowerCase(Locale.ROOT).replace('_', '-');
        try (TestServer server = TestServer.start(
                subject(),
                codecs,
                lives.protocol(),
                "servers.test.lifecycle.close.half-close = " + policy,
                "servers.test.lifecycle.backpressure { high = 64KiB, low = 16KiB }")) {
            List<Peer> peers = List.of(server.connect(), server.connect());
            server.until("both are open", () -> lives.all().size() == peers.size());
            for (Step step : steps) {
                happen(step, server, peers, lives);
            }
            lives.all().forEach(Life::letGo);
            server.turns(2);
            peers.forEach(Peer::close);
            // A transport may look for resets of paused connections once in a while only.
            server.elapse(Duration.ofSeconds(2));
            server.assertIdle();
            lives.all().forEach(Life::assertOver);
            codecs.assertOver();
            assertThat(Arrays.stream(Cause.values())
                            .mapToLong(server.metrics()::closed)
                            .sum())
                    .as("connections that ended")
                    .isEqualTo(peers.size());
        }
    }

    private static void happen(Step step, TestServer server, List<Peer> peers, Lives lives) {
        if (step.event().isPeers()) {
            act(step, peers.get(step.connection()));
        } else if (step.event().isSessions()) {
            Life life = lives.all().get(step.connection());
            if (step.inCall()) {
                life.inNextCall(step);
            } else {
                life.inTask(step);
            }
        } else if (step.event() == Event.TURN) {
            server.turns(1 + step.amount() % 3);
        } else {
            server.elapse(Duration.ofMillis(step.amount() % 2000));
        }
    }

    private static void act(Step step, Peer peer) {
        switch (step.event()) {
            case PEER_SENDS -> {
                byte[] frame = Frames.of(new byte[step.amount()]);
                // Half of it now and then, so that frames come in parts.
                peer.offer(frame, 0, step.inCall() ? frame.length : frame.length / 2);
            }
            case PEER_READS -> peer.take(step.amount());
            case PEER_HALF_CLOSES -> peer.halfClose();
            case PEER_CLOSES -> peer.close();
            case PEER_RESETS -> peer.reset();
            default -> throw new AssertionError(step);
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Event> events = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.of(Event.PEER_SENDS)),
                Tuple.of(3, Arbitraries.of(Event.TURN)),
                Tuple.of(6, Arbitraries.of(Event.class)));
        return Combinators.combine(
                        events,
                        Arbitraries.integers().between(0, 1),
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(0, 100_000))
                .as(Step::new)
                .list();
    }
}
