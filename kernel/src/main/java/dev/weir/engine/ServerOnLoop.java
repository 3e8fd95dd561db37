package dev.weir.engine;

import dev.weir.lifecycle.AdmissionPolicy.Admit;
import dev.weir.loop.EventLoop;
import java.util.function.Consumer;

/**
 * One server on one loop: what all connections that came by one listener share there. They have it by one reference, since there may
 * be very many of them. Used on the loop.
 */
final class ServerOnLoop {
    private final EventLoop loop;
    private final ServerProfile profile;
    private final LoopConnections siblings;
    private final ServerMetrics.PerLoop metrics;
    private final Consumer<Admit> ended;
    /** Null until the first connection is served. */
    private Serving serving;

    /**
     * @param siblings the loop's connections
     * @param ended told of each connection that has ended, by the verdict that let it in
     */
    ServerOnLoop(EventLoop loop, ServerProfile profile, LoopConnections siblings, Consumer<Admit> ended) {
        this.loop = loop;
        this.profile = profile;
        this.siblings = siblings;
        this.metrics = profile.metrics().loop(loop.index());
        this.ended = ended;
    }

    EventLoop loop() {
        return loop;
    }

    ServerProfile profile() {
        return profile;
    }

    /** All connections of the loop. */
    LoopConnections siblings() {
        return siblings;
    }

    /** The server's numbers of this loop. */
    ServerMetrics.PerLoop metrics() {
        return metrics;
    }

    /** By whom connections are served that have not switched. What the codec's plugin throws, this throws. */
    Serving serving() {
        if (serving == null) {
            serving = Serving.of(profile.codec(), profile.protocol());
        }
        return serving;
    }

    /** A connection has ended, which this verdict had let in. */
    void ended(Admit admitted) {
        ended.accept(admitted);
    }
}
