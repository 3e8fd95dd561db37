package dev.weir.strategies;

import dev.weir.connection.Connection;
import dev.weir.lifecycle.HeartbeatPolicy;
import dev.weir.lifecycle.Surroundings;
import dev.weir.lifecycle.Verdict;
import dev.weir.settings.Settings;
import dev.weir.transport.Endpoint;
import dev.weir.transport.SocketOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Leaves it to the operating system to find peers that are gone: it probes the silent ones (SO_KEEPALIVE), and gives up on those that
 * do not acknowledge what was sent (TCP_USER_TIMEOUT). A connection that it gives up on ends with cause NETWORK and errno ETIMEDOUT; one
 * whose peer was started anew and no longer knows it, as PEER_RESET.
 */
public final class TcpHeartbeat implements HeartbeatPolicy {
    /** MAX_TCP_KEEPIDLE and MAX_TCP_KEEPINTVL of the kernel, in seconds. */
    private static final Duration MOST_TIME = Duration.ofSeconds(32_767);
    /** MAX_TCP_KEEPCNT of the kernel. */
    private static final int MOST_PROBES = 127;

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MILLISECOND = Duration.ofMillis(1);

    private final Map<SocketOption<?>, Object> options;

    /**
     * A policy.
     *
     * @param idle silence before the first probe, whole seconds from 1 to 32767
     * @param interval time between two probes, whole seconds from 1 to 32767
     * @param count probes in a row that stay unanswered until the connection is lost, 1 to 127
     * @param userTimeout how long sent bytes or probes may stay unacknowledged until the connection is lost, whole milliseconds; empty
     *     leaves that to the system, and to {@code count}
     */
    public TcpHeartbeat(Duration idle, Duration interval, int count, Optional<Duration> userTimeout) {
        Map<SocketOption<?>, Object> all = new HashMap<>();
        all.put(SocketOption.KEEP_ALIVE, true);
        all.put(SocketOption.KEEP_ALIVE_IDLE, idle);
        all.put(SocketOption.KEEP_ALIVE_INTERVAL, interval);
        all.put(SocketOption.KEEP_ALIVE_COUNT, count);
        userTimeout.ifPresent(time -> all.put(SocketOption.USER_TIMEOUT, time));
        options = Map.copyOf(all);
    }

    /** Reads {@code idle}, {@code interval}, {@code count} and {@code user-timeout}. */
    public static TcpHeartbeat from(Settings settings) {
        Duration idle = settings.duration("idle", SECOND, MOST_TIME);
        Duration interval = settings.duration("interval", SECOND, MOST_TIME);
        Optional<Duration> userTimeout = settings.durationOrOff("user-timeout", MILLISECOND, MOST_TIME);
        whole("idle", idle, SECOND, settings);
        whole("interval", interval, SECOND, settings);
        userTimeout.ifPresent(time -> whole("user-timeout", time, MILLISECOND, settings));
        return new TcpHeartbeat(idle, interval, settings.integer("count", 1, MOST_PROBES), userTimeout);
    }

    /** @param grain what the kernel keeps it in whole numbers of */
    private static void whole(String key, Duration time, Duration grain, Settings settings) {
        if (time.toNanos() % grain.toNanos() != 0) {
            settings.fault(
                    key, "is not a multiple of " + grain.toMillis() + "ms, in which the system keeps it.", "Round it.");
        }
    }

    @Override
    public Map<SocketOption<?>, Object> options() {
        return options;
    }

    @Override
    public Optional<Misfit> misfit(Surroundings surroundings) {
        return surroundings.listen().stream().anyMatch(Endpoint.Inet.class::isInstance)
                ? Optional.empty()
                : Optional.of(
                        new Misfit(
                                "heartbeat tcp does nothing here: this server listens on Unix domain sockets only.",
                                "Choose heartbeat idle, or off: the system tells at once when a process of this machine ends."));
    }

    /** The kernel looks. */
    @Override
    public Verdict check(Connection connection, long nowNanos) {
        return new Verdict.LookAgain(Long.MAX_VALUE);
    }

    @Override
    public String toString() {
        return "tcp " + options;
    }
}
