package dev.weir.testkit;

import dev.weir.connection.Connection;
import dev.weir.connection.ConnectionState;
import dev.weir.transport.Endpoint;

/** What a {@link RecordingSession} shows of its connection: what the session knows, and fixed answers for the rest. */
final class RecordedConnection implements Connection {
    private final RecordingSession<?> session;

    RecordedConnection(RecordingSession<?> session) {
        this.session = session;
    }

    @Override
    public long id() {
        return 1;
    }

    @Override
    public String server() {
        return "test";
    }

    @Override
    public Endpoint localAddress() {
        return new Endpoint.Unknown();
    }

    @Override
    public Endpoint remoteAddress() {
        return new Endpoint.Unknown();
    }

    @Override
    public ConnectionState state() {
        return session.state();
    }

    @Override
    public long openedNanos() {
        return 0;
    }

    @Override
    public long lastReadNanos() {
        return 0;
    }

    @Override
    public long lastWriteNanos() {
        return 0;
    }

    @Override
    public long lastPingNanos() {
        return 0;
    }

    @Override
    public int pingsUnanswered() {
        return 0;
    }

    @Override
    public long undecodedSinceNanos() {
        return 0;
    }

    @Override
    public long halfClosedSinceNanos() {
        return 0;
    }

    @Override
    public long bytesReceived() {
        return 0;
    }

    @Override
    public long bytesSent() {
        return session.bytesTaken();
    }

    @Override
    public long bytesQueued() {
        return session.bytesQueued();
    }

    @Override
    public long queuedSinceNanos() {
        return 0;
    }

    @Override
    public long bytesSentSinceQueued() {
        return session.bytesTaken();
    }

    @Override
    public int undecodedBytes() {
        return 0;
    }

    @Override
    public boolean isReceiving() {
        return false;
    }

    @Override
    public long receivingSinceNanos() {
        return 0;
    }

    @Override
    public long receivingBytes() {
        return 0;
    }

    @Override
    public boolean isDraining() {
        return session.isDraining() || session.state().isClosing();
    }

    @Override
    public boolean isReadingPaused() {
        return session.isReadingPaused();
    }

    @Override
    public boolean isForOneReply() {
        return false;
    }

    @Override
    public int holds() {
        return session.holds();
    }

    @Override
    public boolean isAtWork() {
        return session.holds() > 0;
    }

    @Override
    public String protocolPhase() {
        return session.phase().orElse("");
    }

    @Override
    public long protocolPhaseSinceNanos() {
        return session.phaseSinceNanos();
    }

    @Override
    public String identity() {
        return session.client().orElse("");
    }
}
