package dev.weir.engine;

import dev.weir.codec.CodecFactory;
import dev.weir.connection.Connection;
import dev.weir.connection.ConnectionState;
import dev.weir.fault.CloseReason;
import dev.weir.fault.CloseReason.Cause;
import dev.weir.loop.EventLoop;
import dev.weir.protocol.Hold;
import dev.weir.protocol.Protocol;
import dev.weir.protocol.Session;
import dev.weir.time.Timer;
import dev.weir.transport.TcpInfo;
import dev.weir.transport.TransportException;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** A protocol's hand on a connection. What may be called from any thread hops to the loop here. */
final class ConnectionSession implements Session<Object> {
    private record Switch(CodecFactory<?, ?> codec, Protocol<?, ?> protocol) {}

    private final SocketConnection connection;
    private Set<SessionTimer> timers;
    private Switch asked;

    ConnectionSession(SocketConnection connection) {
        this.connection = connection;
    }

    @Override
    public Connection connection() {
        return connection;
    }

    @Override
    public boolean send(Object message) {
        if (loop().inLoop()) {
            return connection.reply(message);
        }
        boolean taken = loop().execute(() -> connection.call(() -> connection.reply(message)));
        if (!taken) {
            ReferenceCountUtil.release(message);
        }
        return taken;
    }

    @Override
    public boolean isWritable() {
        loop().assertOwner();
        return connection.writing().isWritable();
    }

    @Override
    public void close() {
        inLoop(() -> connection.closing().close(CloseReason.of(Cause.CLOSED)));
    }

    @Override
    public void abort() {
        inLoop(() -> connection.closing().force(CloseReason.of(Cause.ABORTED)));
    }

    @Override
    public void pauseReading() {
        loop().assertOwner();
        if (!connection.state().isClosing()) {
            connection.reading().pause();
        }
    }

    @Override
    public void resumeReading() {
        loop().assertOwner();
        if (!connection.state().isClosing()) {
            connection.reading().resume();
        }
    }

    @Override
    public Hold hold() {
        connection.hold();
        AtomicBoolean released = new AtomicBoolean();
        return () -> {
            if (released.compareAndSet(false, true)) {
                inLoop(connection::release);
            }
        };
    }

    @Override
    public boolean identify(String key) {
        return connection.identify(key);
    }

    @Override
    public void phase(String name) {
        loop().assertOwner();
        connection.protocolPhase(name);
    }

    @Override
    public Optional<TcpInfo> tcpInfo() {
        loop().assertOwner();
        try {
            return connection.state() == ConnectionState.CLOSED
                    ? Optional.empty()
                    : connection.socket().tcpInfo();
        } catch (TransportException e) {
            // What is wrong with the socket the next receive or send will tell.
            return Optional.empty();
        }
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        loop().assertOwner();
        if (timers == null) {
            timers = new HashSet<>();
        }
        SessionTimer timer = new SessionTimer(task);
        if (connection.state() != ConnectionState.CLOSED) {
            timers.add(timer);
            timer.waiting = loop().schedule(delay, timer);
        }
        return timer;
    }

    /** A protocol's timer. It leaves the connection's list when it has run or was taken back, and ends with the connection. */
    private final class SessionTimer implements Timer, Runnable {
        private final Runnable task;
        /** Null when the connection was over before it began to wait. */
        private Timer waiting;

        SessionTimer(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            timers.remove(this);
            connection.call(task);
        }

        @Override
        public void cancel() {
            if (waiting != null) {
                waiting.cancel();
            }
            if (timers != null) {
                timers.remove(this);
            }
        }

        @Override
        public boolean isPending() {
            return waiting != null && waiting.isPending();
        }
    }

    @Override
    public void execute(Runnable task) {
        loop().execute(() -> {
            if (connection.state() != ConnectionState.CLOSED) {
                connection.call(task);
            }
        });
    }

    @Override
    public <I2, O2> void switchTo(CodecFactory<I2, O2> codec, Protocol<I2, O2> protocol) {
        loop().assertOwner();
        asked = new Switch(codec, protocol);
        if (!connection.isInCall()) {
            applySwitch();
        }
    }

    /** No code of the protocol is on the stack any more: changes codec and handler if that was asked for. */
    void applySwitch() {
        if (asked != null) {
            Switch next = asked;
            asked = null;
            if (!connection.state().isClosing()) {
                connection.serveWith(next.codec, next.protocol);
                connection.reading().lookAgain();
            }
        }
    }

    void cancelTimers() {
        if (timers != null) {
            timers.forEach(timer -> timer.waiting.cancel());
            timers = null;
        }
    }

    private EventLoop loop() {
        return connection.loop();
    }

    private void inLoop(Runnable task) {
        if (loop().inLoop()) {
            task.run();
        } else {
            loop().execute(task);
        }
    }
}
