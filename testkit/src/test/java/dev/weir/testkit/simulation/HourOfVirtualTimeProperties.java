package dev.weir.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.fault.CloseReason;
import dev.weir.fault.CloseReason.Cause;
import dev.weir.protocol.Handler;
import dev.weir.protocol.Session;
import dev.weir.testkit.simulation.Conditions.Trigger;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What is to happen in time happens when it is due, and never early: over an hour, on a network on which everything may happen. */
class HourOfVirtualTimeProperties {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final String FORCE = "servers.test.lifecycle.close = force";

    /** The resolution of timers. */
    private static final Duration TICK = Duration.ofMillis(1);

    private static final String NO_DEADLINES =
            "servers.test.lifecycle.deadlines { first-byte = off, frame = off, max-age = off }";
    private static final String NO_HEARTBEAT = "servers.test.lifecycle.heartbeat = []";

    /** Notes when it hears what, as times since the network was made. */
    private static final class Times implements Handler<ByteBuf> {
        private final VirtualClock clock;
        private Duration opened;
        private Duration lastMessage;
        private Duration closed;
        private CloseReason reason;

        Times(VirtualClock clock) {
            this.clock = clock;
        }

        @Override
        public void onOpened() {
            opened = clock.elapsed();
            lastMessage = opened;
        }

        @Override
        public void onMessage(ByteBuf message) {
            lastMessage = clock.elapsed();
        }

        @Override
        public void onClosed(CloseReason why) {
            closed = clock.elapsed();
            reason = why;
        }

        void assertClosed(Cause cause, Duration due) {
            assertThat(closed).as("%s; closed", reason).isBetween(due, due.plus(TICK));
            assertThat(reason.cause()).isEqualTo(cause);
        }
    }

    private static SimulatedTransport network(long seed) {
        // A buffer for one byte at least, and time that passes by itself.
        return new SimulatedTransport(seed).advancingClock();
    }

    @Property(tries = 50)
    void aConnectionIsClosedWhenItHasBeenIdleForItsTimeoutAndNotBefore(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 1_000_000) int timeoutMillis,
            @ForAll @Size(max = 20) List<@IntRange(max = 600_000) Integer> gapsMillis)
            throws Exception {
        SimulatedTransport network = network(seed);
        Times times = new Times(network.clock());
        Duration timeout = Duration.ofMillis(timeoutMillis);
        String heartbeat = "servers.test.lifecycle.heartbeat = [ { use = idle, timeout = " + timeoutMillis + "ms } ]";
        try (SimulatedServer server = new SimulatedServer(network, session -> times, FORCE, NO_DEADLINES, heartbeat)) {
            SimulatedPeer peer = accepted(server, times);
            for (int gap : gapsMillis) {
                server.elapse(Duration.ofMillis(gap));
                if (times.closed == null) {
                    assertThat(network.clock().elapsed())
                            .isLessThanOrEqualTo(times.lastMessage.plus(timeout).plus(TICK));
                    peer.offer(new byte[1], 0, 1);
                }
            }
            server.elapse(HOUR);
            times.assertClosed(Cause.IDLE, times.lastMessage.plus(timeout));
        }
    }

    @Property(tries = 50)
    void whoSaysNothingIsClosedAtTheDeadlineForTheFirstByte(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 3_000_000) int millis) throws Exception {
        SimulatedTransport network = network(seed);
        Times times = new Times(network.clock());
        String deadlines = "servers.test.lifecycle.deadlines { first-byte = " + millis + "ms, frame = off }";
        try (SimulatedServer server = new SimulatedServer(network, session -> times, FORCE, NO_HEARTBEAT, deadlines)) {
            accepted(server, times);
            server.elapse(HOUR);
            times.assertClosed(Cause.DEADLINE, times.opened.plusMillis(millis));
        }
    }

    @Property(tries = 50)
    void whoBeginsAMessageIsClosedWhenItTakesTooLong(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 1_500_000) int millis,
            @ForAll @IntRange(max = 1_500_000) int silentMillis)
            throws Exception {
        SimulatedTransport network = network(seed);
        Times times = new Times(network.clock());
        String deadlines = "servers.test.lifecycle.deadlines { first-byte = off, frame = " + millis + "ms }";
        try (SimulatedServer server = new SimulatedServer(
                network, session -> times, FORCE, NO_HEARTBEAT, deadlines, "servers.test.codec = pairs")) {
            SimulatedPeer peer = accepted(server, times);
            server.elapse(Duration.ofMillis(silentMillis));
            assertThat(times.closed).isNull();
            peer.offer(new byte[1], 0, 1);
            server.until(
                    "the half of a message has come",
                    () -> network.calls().of(SimulatedCall.RECEIVE) > 0 && server.bytesReceived() == 1);
            Duration begun = network.clock().elapsed();
            server.elapse(HOUR);
            times.assertClosed(Cause.DEADLINE, begun.plusMillis(millis));
        }
    }

    @Property(tries = 50)
    void aConnectionIsClosedAtItsGreatestAgeWhateverItDoes(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 3_000_000) int millis,
            @ForAll @Size(max = 20) List<@IntRange(max = 300_000) Integer> gapsMillis)
            throws Exception {
        SimulatedTransport network = network(seed);
        Times times = new Times(network.clock());
        String deadlines = "servers.test.lifecycle.deadlines { first-byte = off, frame = off, max-age = " + millis
                + "ms, max-age-jitter = 0 }";
        try (SimulatedServer server = new SimulatedServer(network, session -> times, FORCE, NO_HEARTBEAT, deadlines)) {
            SimulatedPeer peer = accepted(server, times);
            for (int gap : gapsMillis) {
                peer.offer(new byte[1], 0, 1);
                server.elapse(Duration.ofMillis(gap));
            }
            server.elapse(HOUR);
            times.assertClosed(Cause.DEADLINE, times.opened.plusMillis(millis));
        }
    }

    @Property(tries = 50)
    void connectionsThatCameTogetherEndApartAndNoneTooEarlyOrTooLate(
            @ForAll long seed,
            @ForAll @IntRange(min = 100, max = 3_000_000) int millis,
            @ForAll @IntRange(max = 100) int jitter)
            throws Exception {
        SimulatedTransport network = network(seed);
        List<Times> all = new ArrayList<>();
        String deadlines = "servers.test.lifecycle.deadlines { first-byte = off, max-age = " + millis
                + "ms, max-age-jitter = " + jitter + " }";
        try (SimulatedServer server = new SimulatedServer(
                network,
                session -> {
                    all.add(new Times(network.clock()));
                    return all.getLast();
                },
                FORCE,
                NO_HEARTBEAT,
                deadlines)) {
            for (int i = 0; i < 10; i++) {
                server.connectOpen();
            }
            server.elapse(HOUR);
            Duration least =
                    Duration.ofMillis(millis).multipliedBy(100 - jitter).dividedBy(100);
            // While the others are accepted the clock goes in steps.
            Duration most = Duration.ofMillis(millis).plus(TICK).plusMillis(10);
            List<Duration> ages =
                    all.stream().map(times -> times.closed.minus(times.opened)).toList();
            assertThat(ages).allSatisfy(age -> assertThat(age).isBetween(least, most));
            // Ticks of 1 ms among the milliseconds that the jitter leaves: that ten meet in one is next to impossible.
            assertThat(ages.stream().distinct().count() > 1 || millis * jitter < 10_000)
                    .as("the ages %s differ", ages)
                    .isTrue();
        }
    }

    @Property(tries = 50)
    void whoStaysInAPhaseForTooLongIsClosedAndWhoLeavesItIsNot(
            @ForAll long seed,
            @ForAll @IntRange(max = 1_000_000) int beginsMillis,
            @ForAll @IntRange(min = 1, max = 1_000_000) int limitMillis,
            @ForAll @IntRange(min = 1, max = 1_000_000) int otherMillis,
            @ForAll boolean leaves)
            throws Exception {
        SimulatedTransport network = network(seed);
        Times times = new Times(network.clock());
        String deadlines = NO_DEADLINES + ", servers.test.lifecycle.deadlines.by-phase { login = " + limitMillis
                + "ms, other = " + otherMillis + "ms, old = off }";
        try (SimulatedServer server = new SimulatedServer(
                network,
                session -> {
                    session.schedule(Duration.ofMillis(beginsMillis), () -> session.phase("login"));
                    // To name it once more does not begin it once more.
                    session.schedule(Duration.ofMillis(beginsMillis + limitMillis / 2L), () -> session.phase("login"));
                    if (leaves) {
                        Duration before = Duration.ofMillis(beginsMillis + limitMillis - 1L);
                        session.schedule(before, () -> session.phase("at work"));
                    }
                    return times;
                },
                FORCE,
                NO_HEARTBEAT,
                deadlines)) {
            accepted(server, times);
            server.elapse(HOUR);
            if (leaves) {
                assertThat(times.closed).isNull();
            } else {
                assertThat(times.closed)
                        .isBetween(
                                times.opened.plusMillis(beginsMillis + limitMillis),
                                times.opened
                                        .plusMillis(beginsMillis + limitMillis)
                                        .plus(TICK.multipliedBy(2)));
                assertThat(times.reason.cause()).isEqualTo(Cause.DEADLINE);
            }
        }
    }

    @Property(tries = 50)
    void aFrameThatComesTooSlowlyEndsItsConnectionAtTheEndOfTheGraceInWhichItDid(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 2000) int bytes,
            @ForAll @IntRange(min = 1, max = 1000) int rate,
            @ForAll @IntRange(min = 1, max = 1_000_000) int graceMillis,
            @ForAll @IntRange(max = 500_000) int silentMillis)
            throws Exception {
        SimulatedTransport network = network(seed);
        Times times = new Times(network.clock());
        try (SimulatedServer server = new SimulatedServer(
                network,
                session -> times,
                FORCE,
                NO_HEARTBEAT,
                NO_DEADLINES,
                leastRate(rate, graceMillis),
                "servers.test.codec = long")) {
            SimulatedPeer peer = accepted(server, times);
            server.elapse(Duration.ofMillis(silentMillis));
            int[] sent = {0};
            server.until("the beginning of a frame has come", () -> {
                sent[0] += Math.max(0, peer.offer(new byte[bytes], 0, bytes - sent[0]));
                return server.bytesReceived() == bytes;
            });
            Duration begun = network.clock().elapsed();
            server.elapse(HOUR);
            assertJudged(times, begun, bytes, rate, graceMillis);
        }
    }

    @Property(tries = 50)
    void whoTakesWhatIsQueuedTooSlowlyIsClosedAtTheEndOfTheGraceInWhichItDid(
            @ForAll Trigger trigger,
            @ForAll @IntRange(max = 100_000) int bytes,
            @ForAll @IntRange(min = 100, max = 10_000) int rate,
            @ForAll @IntRange(min = 1, max = 1_000_000) int graceMillis)
            throws Exception {
        SimulatedTransport network =
                new SimulatedTransport(0, Conditions.calm(trigger).buffers(1000, 1000)).advancingClock();
        List<Session<ByteBuf>> sessions = new ArrayList<>();
        Times times = new Times(network.clock());
        try (SimulatedServer server = new SimulatedServer(
                network,
                session -> {
                    sessions.add(session);
                    return times;
                },
                FORCE,
                NO_HEARTBEAT,
                NO_DEADLINES,
                leastRate(rate, graceMillis))) {
            SimulatedPeer peer = accepted(server, times);
            Session<ByteBuf> session = sessions.getFirst();
            session.execute(() -> session.send(Unpooled.wrappedBuffer(new byte[200_000])));
            server.turns(1);
            Duration begun = network.clock().elapsed();
            long before = server.reading("weir.server.bytes.sent");
            assertThat(before).isPositive();
            int[] read = {0};
            server.until("the peer has read", () -> {
                read[0] += peer.take(bytes - read[0]).length;
                return read[0] == bytes;
            });
            server.turns(5);
            long taken = server.reading("weir.server.bytes.sent") - before;
            server.elapse(HOUR);
            assertJudged(times, begun, taken, rate, graceMillis);
        }
    }

    /** Who has moved so many bytes and then none is closed when the grace is over; what moved beyond the least rate is no credit for later. */
    private static void assertJudged(Times times, Duration begun, long bytes, int rate, int graceMillis) {
        Duration enough = enough(bytes, rate, graceMillis);
        boolean isGood = enough.compareTo(Duration.ofMillis(graceMillis)) > 0;
        Assume.that(!isGood || enough.compareTo(Duration.ofMillis(graceMillis + 1L)) > 0);
        Duration due = begun.plusMillis((isGood ? 2L : 1L) * graceMillis);
        assertThat(times.closed).isBetween(due, due.plus(TICK.multipliedBy(2)));
        assertThat(times.reason.cause()).isEqualTo(Cause.DEADLINE);
    }

    private static String leastRate(int rate, int graceMillis) {
        return "servers.test.lifecycle.deadlines { min-rate = " + rate + "B, min-rate-grace = " + graceMillis + "ms }";
    }

    /** For how long so many bytes are enough. */
    private static Duration enough(long bytes, int rate, int graceMillis) {
        return Duration.ofNanos(Math.max(graceMillis * 1_000_000L, bytes * 1_000_000_000L / rate));
    }

    /** What the laws about a loop that stands still have in common: everything that may take a peer for dead or late. */
    private static final String STRICT = "servers.test.lifecycle { deadlines { first-byte = off, frame = 30s }, "
            + "heartbeat = [ { use = ping, every = 10s, misses = 1 }, { use = idle, timeout = 15s, watch = read } ] }";

    @Property(tries = 50)
    void nobodyIsTakenForDeadBecauseTheLoopStoodStill(
            @ForAll Trigger trigger,
            @ForAll boolean lateReports,
            @ForAll @IntRange(max = 4) int staller,
            @ForAll @IntRange(min = 1, max = 7200) int seconds,
            @ForAll Set<@IntRange(max = 4) Integer> speakBefore)
            throws Exception {
        Conditions conditions = Conditions.calm(trigger).with(InjectedFault.LATE_REPORT, lateReports ? 0.5 : 0);
        SimulatedTransport network = new SimulatedTransport(0, conditions).advancingClock();
        List<SimulatedPeer> peers = new ArrayList<>();
        boolean[] stood = {false};
        Handler<ByteBuf> stalls = message -> {
            if (!stood[0]) {
                stood[0] = true;
                network.clock().advance(Duration.ofSeconds(seconds));
                peers.forEach(peer -> peer.offer(new byte[1], 0, 1));
            }
        };
        try (SimulatedServer server =
                new SimulatedServer(network, session -> stalls, FORCE, STRICT, "servers.test.codec = pairs")) {
            for (int i = 0; i < 5; i++) {
                peers.add(server.connectOpen());
            }
            server.elapse(Duration.ofSeconds(10).plus(TICK));
            assertThat(server.metrics().closed(Cause.UNRESPONSIVE)).isZero();
            // All were asked. One speaks to a handler that then stands still. What the others have said waits behind
            // that, or was
            // read before; and all say something meanwhile.
            peers.get(staller).offer(new byte[2], 0, 2);
            for (int i : speakBefore) {
                peers.get(i).offer(new byte[1], 0, 1);
            }
            server.until("it has stood still", () -> stood[0]);
            server.turns(5);
            assertThat(server.weir.openConnections()).isEqualTo(peers.size());
            // From now on everything is due as ever.
            server.elapse(HOUR);
            assertThat(server.weir.openConnections()).isZero();
        }
    }

    /** A loop that stands still while others answer the pings that have reached them. */
    private static final class Stall implements Handler<ByteBuf> {
        private final Session<ByteBuf> session;
        private final Runnable meanwhile;

        Stall(Session<ByteBuf> session, Runnable meanwhile) {
            this.session = session;
            this.meanwhile = meanwhile;
        }

        @Override
        public void onOpened() {
            session.schedule(Duration.ofSeconds(10), meanwhile);
        }

        @Override
        public void onMessage(ByteBuf message) {}
    }

    private static void answer(List<SimulatedPeer> peers) {
        for (SimulatedPeer peer : peers) {
            if (peer.take(100).length > 0) {
                peer.offer(new byte[1], 0, 1);
            }
        }
    }

    @Property(tries = 50)
    void aPingLeavesAtOnceThoughTheTurnGoesOnForLong(
            @ForAll Trigger trigger, @ForAll @IntRange(min = 1, max = 7200) int seconds) throws Exception {
        SimulatedTransport network = new SimulatedTransport(0, Conditions.calm(trigger)).advancingClock();
        List<SimulatedPeer> peers = new ArrayList<>();
        Runnable stall = () -> {
            network.clock().advance(Duration.ofSeconds(seconds));
            answer(peers);
        };
        String pings = "servers.test.lifecycle.heartbeat = { use = ping, every = 10s, misses = 1 }";
        try (SimulatedServer server =
                new SimulatedServer(network, session -> new Stall(session, stall), FORCE, NO_DEADLINES, pings)) {
            for (int i = 0; i < 3; i++) {
                peers.add(server.connectOpen());
            }
            server.elapse(Duration.ofSeconds(10).plus(TICK));
            // A ping that had not left before the loop stood still has found nobody to answer it.
            server.turns(1);
            for (int turn = 0; turn < 5; turn++) {
                answer(peers);
                server.turns(1);
            }
            assertThat(server.weir.openConnections()).isEqualTo(peers.size());
        }
    }

    @Property(tries = 50)
    void aSessionsTaskRunsWhenItIsDueAndNotBefore(
            @ForAll long seed, @ForAll @Size(max = 30) List<@IntRange(max = 3_600_000) Integer> delaysMillis)
            throws Exception {
        SimulatedTransport network = network(seed);
        VirtualClock clock = network.clock();
        List<Duration> late = new ArrayList<>();
        try (SimulatedServer server = new SimulatedServer(
                network,
                session -> new Handler<ByteBuf>() {
                    @Override
                    public void onOpened() {
                        for (int delay : delaysMillis) {
                            Duration due = clock.elapsed().plusMillis(delay);
                            session.schedule(
                                    Duration.ofMillis(delay),
                                    () -> late.add(clock.elapsed().minus(due)));
                        }
                    }

                    @Override
                    public void onMessage(ByteBuf message) {}
                },
                NO_HEARTBEAT,
                NO_DEADLINES)) {
            server.connectOpen();
            server.elapse(HOUR.plus(TICK));
            assertThat(late).hasSize(delaysMillis.size());
            assertThat(late).allSatisfy(by -> assertThat(by).isBetween(Duration.ZERO, TICK));
        }
    }

    /** A connection that was just opened. */
    private static SimulatedPeer accepted(SimulatedServer server, Times times) throws Exception {
        SimulatedPeer peer = server.connectOpen();
        assertThat(times.opened).isNotNull();
        return peer;
    }
}
