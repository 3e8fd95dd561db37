package dev.weir.engine;

import dev.weir.codec.CodecFactory;
import dev.weir.lifecycle.BackpressurePolicy;
import dev.weir.lifecycle.ClosePolicy;
import dev.weir.lifecycle.ConnectionMode;
import dev.weir.lifecycle.DeadlinePolicy;
import dev.weir.lifecycle.HeartbeatPolicy;
import dev.weir.protocol.AnyProtocol;
import dev.weir.transport.SocketOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * What all connections of a server share. Unchanging.
 *
 * @param name the server's name in the configuration
 * @param codec gives each connection its codec
 * @param protocol gives each connection its handler; its messages are the codec's
 * @param protocolName the protocol's name in the configuration
 * @param options what each accepted socket is to have: set on it, unless it has them from its listener
 * @param watermarks bounds of the write queue
 * @param backpressure asked when a queue passes its high mark
 * @param heartbeats asked in time whether a connection is dead
 * @param deadlines asked in time whether a phase takes too long
 * @param close asked how a connection is to end
 * @param closeWaitWarning how long a connection may be half-closed before the log says so
 * @param mode how many replies a connection is for
 * @param identities who is connected under which name
 * @param endings where endings are noted
 * @param blocking starts what a blocking protocol runs: one virtual thread per connection
 * @param metrics the server's numbers
 * @param poison fill a lent message with 0xDD after its call, so that a test notices who kept it
 */
public record ServerProfile(
        String name,
        CodecFactory<?, ?> codec,
        AnyProtocol<?, ?> protocol,
        String protocolName,
        Map<SocketOption<?>, Object> options,
        Watermarks watermarks,
        BackpressurePolicy backpressure,
        List<HeartbeatPolicy> heartbeats,
        List<DeadlinePolicy> deadlines,
        ClosePolicy close,
        Optional<Duration> closeWaitWarning,
        ConnectionMode mode,
        Identities identities,
        Endings endings,
        Executor blocking,
        ServerMetrics metrics,
        boolean poison) {}
