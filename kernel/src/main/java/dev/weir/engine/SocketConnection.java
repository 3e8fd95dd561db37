package dev.weir.engine;

import dev.weir.codec.Codec;
import dev.weir.codec.Codec.Next;
import dev.weir.codec.CodecFactory;
import dev.weir.connection.Connection;
import dev.weir.connection.ConnectionState;
import dev.weir.fault.CloseReason;
import dev.weir.lifecycle.AdmissionPolicy.Admit;
import dev.weir.lifecycle.ConnectionMode;
import dev.weir.loop.EventLoop;
import dev.weir.loop.LoopHandler;
import dev.weir.protocol.AnyProtocol;
import dev.weir.protocol.BlockingProtocol;
import dev.weir.protocol.Handler;
import dev.weir.protocol.Protocol;
import dev.weir.transport.Endpoint;
import dev.weir.transport.Interest;
import dev.weir.transport.Readiness;
import dev.weir.transport.SocketOption;
import dev.weir.transport.StreamSocket;
import dev.weir.transport.TransportException;
import io.netty.util.ReferenceCountUtil;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open connection: its state, and what its parts share. {@link Reading}, {@link Writing} and {@link Closing} do the work. Owned by
 * one event loop for life; every method is called on it.
 */
final class SocketConnection extends LoopConnections.Member implements Connection, LoopHandler {
    private static final Logger LOG = LoggerFactory.getLogger(SocketConnection.class);

    private static final Map<ConnectionState, CloseReason.Phase> PHASES = new EnumMap<>(Map.of(
            ConnectionState.OPENING, CloseReason.Phase.OPENING,
            ConnectionState.OPEN, CloseReason.Phase.OPEN,
            ConnectionState.HALF_CLOSED, CloseReason.Phase.HALF_CLOSED,
            ConnectionState.FLUSHING, CloseReason.Phase.CLOSING,
            ConnectionState.LINGERING, CloseReason.Phase.CLOSING,
            ConnectionState.CLOSED, CloseReason.Phase.CLOSING));

    private final long id;
    private final ServerOnLoop server;
    private final StreamSocket socket;
    /** By which it was let in. */
    private final Admit admitted;

    private final long openedNanos;
    private final ConnectionSession session;
    private final Reading reading;
    private final Writing writing;
    private final Watch watch;
    /** How it ends; null until its end comes in sight. */
    private Closing closing;
    /** Null in connection-mode long. */
    private final OneReply oneReply;

    private ConnectionState state = ConnectionState.OPENING;
    /** Null before it is served. */
    private Serving serving;

    private Codec<Object, Object> codec;
    private Handler<Object> handler;
    private long token = -1;
    /** A set of {@link Interest} bits. */
    private byte interest = Interest.READ;
    /** Calls of the protocol's or the codec's code that are on the stack, one inside the other: never so many that a short is too short. */
    private short calls;

    private int holds;
    /** True when the codec has decoded or encoded since it was asked what it wants. */
    private boolean codecWorked;

    private boolean codecIsInside;
    private boolean codecOwes;
    private boolean codecIsDone;
    private boolean codecAnswers;
    /** Null until the protocol tells of some. */
    private Particulars particulars;

    SocketConnection(long id, ServerOnLoop server, StreamSocket socket, Admit admitted) {
        this.id = id;
        this.server = server;
        this.socket = socket;
        this.admitted = admitted;
        this.openedNanos = nanoTime();
        this.session = new ConnectionSession(this);
        this.writing = new Writing(this);
        this.reading = new Reading(this);
        this.watch = new Watch(this);
        this.oneReply = profile().mode() == ConnectionMode.SHORT ? new OneReply(this) : null;
    }

    /** Shows the connection to its loop, its poller and its protocol. Called once, first. */
    void open() {
        loop().assertOwner();
        siblings().add(this);
        try {
            token = loop().register(this);
            loop().poller().register(socket, token, interest);
            for (Map.Entry<SocketOption<?>, Object> option : profile().options().entrySet()) {
                setOption(option.getKey(), option.getValue());
            }
        } catch (TransportException e) {
            // Not the peer's doing: an option that the system refuses, or a poller that is full, refuses everyone.
            if (profile().metrics().isNews(e)) {
                LOG.warn("server {} cannot serve who connects: {}", profile().name(), e.getMessage());
            }
            closing().lost(e);
            return;
        }
        become(ConnectionState.OPEN);
        metrics().opened.increment();
        serveWith(profile().codec(), profile().protocol());
        watch.look();
        siblings().opened(this);
    }

    /**
     * Sends the connection away, with the protocol's goodbye and without a handler. Called instead of {@link #open()}, by who accepted
     * it.
     */
    @SuppressWarnings("unchecked") // Matched by class when the server was configured.
    void turnAway(CloseReason why) {
        loop().assertOwner();
        siblings().add(this);
        try {
            token = loop().register(this);
            loop().poller().register(socket, token, interest);
        } catch (TransportException e) {
            closing().lost(e);
            return;
        }
        call(() -> {
            serving = server.serving();
            codec = (Codec<Object, Object>) profile().codec().create(this, loop().window());
        });
        closing().turnAway(why);
    }

    /** Gives the connection a codec and a handler, at its opening or at a switch. */
    @SuppressWarnings("CatchingUnchecked") // The border between Weir's code and a plugin's.
    void serveWith(CodecFactory<?, ?> codecs, AnyProtocol<?, ?> protocol) {
        // Not by call(): each connection comes here.
        enter();
        try {
            beServedBy(codecs, protocol);
        } catch (Throwable thrown) {
            threw(thrown);
        } finally {
            leave();
        }
    }

    @SuppressWarnings("unchecked") // Matched by class when the server was configured.
    private void beServedBy(CodecFactory<?, ?> codecs, AnyProtocol<?, ?> protocol) {
        boolean own = codecs == profile().codec() && protocol == profile().protocol();
        serving = own ? server.serving() : Serving.of(codecs, protocol);
        Codec<Object, Object> before = codec;
        codec = (Codec<Object, Object>) codecs.create(this, loop().window());
        codecIsInside = false;
        codecOwes = false;
        codecIsDone = false;
        codecAnswers = codecs.answersRequests();
        reading.pauseForCodec(false);
        if (before != null) {
            before.dispose();
        }
        watch.pingBy(serving.protocol().pings());
        handler = switch (protocol) {
            case Protocol<?, ?> onLoop -> ((Protocol<Object, Object>) onLoop).open(session);
            case BlockingProtocol<?, ?> blocking ->
                new BlockingHandler(
                        this,
                        (BlockingProtocol<Object, Object>) blocking,
                        profile().blocking());
        };
        writing.tells(HearsOfWrites.of(handler));
        handler.onOpened();
    }

    @Override
    public void ready(int readiness) {
        // What always comes goes a way of its own: code that was compiled for it is not thrown away when a first peer
        // ends.
        if (readiness == Readiness.READABLE) {
            reading.ready();
        } else {
            readyOtherwise(readiness);
        }
    }

    private void readyOtherwise(int readiness) {
        if ((readiness & Readiness.FAILED) != 0) {
            reading.failed();
        } else if ((readiness & Readiness.PEER_ENDED) != 0) {
            reading.peerEnded();
        } else if ((readiness & Readiness.READABLE) != 0) {
            reading.ready();
        }
        if ((readiness & Readiness.WRITABLE) != 0 && state != ConnectionState.CLOSED) {
            writing.ready();
        }
    }

    @Override
    SocketConnection connection() {
        return this;
    }

    @Override
    public void sent(long bytes) {
        writing.sent(bytes);
    }

    /** The one way from state to state. */
    void become(ConnectionState nextState) {
        if (!state.mayBecome(nextState)) {
            throw new IllegalStateException("connection " + id + " cannot go from " + state + " to " + nextState);
        }
        state = nextState;
    }

    /** Tells the poller what to report, where that has changed. */
    void updateInterest() {
        int wanted = (reading.wantsReadiness() ? Interest.READ : 0) | (writing.isBlocked() ? Interest.WRITE : 0);
        if (wanted == interest || state == ConnectionState.CLOSED) {
            return;
        }
        interest = (byte) wanted;
        try {
            socket.interest(wanted);
        } catch (TransportException e) {
            closing().lost(e);
        }
    }

    /** Runs code of the protocol or the codec; what it throws closes this connection and harms no other. */
    @SuppressWarnings("CatchingUnchecked") // The border between Weir's code and a plugin's.
    void call(Runnable code) {
        enter();
        try {
            code.run();
        } catch (Throwable thrown) {
            threw(thrown);
        } finally {
            leave();
        }
    }

    /** Code of the protocol or the codec begins. */
    void enter() {
        calls++;
    }

    /** It threw: that closes this connection; only what endangers the process goes on upwards. */
    void threw(Throwable thrown) {
        Fatal.rethrow(thrown);
        closing().failed(thrown);
    }

    /** It has ended. */
    void leave() {
        loop().timePassed();
        calls--;
        if (calls == 0) {
            session.applySwitch();
            askCodec();
            lookForReply();
            if (closing == null) {
                endIfDone();
            } else {
                closing.callEnded();
            }
        }
    }

    /** As {@link #leave}, of a connection that is over: nothing can follow from it any more. */
    void leaveForGood() {
        loop().timePassed();
        calls--;
    }

    /** The codec has decoded or encoded. Called within a call: when the outermost has returned, the codec is asked what it wants. */
    void codecWorked() {
        codecWorked = true;
    }

    @SuppressWarnings("CatchingUnchecked") // The border between Weir's code and a plugin's.
    private void askCodec() {
        if (!codecWorked) {
            return;
        }
        codecWorked = false;
        if (state.isClosing() || codec == null) {
            return;
        }
        Next wanted = Next.CLOSE;
        calls++;
        try {
            codecIsInside = codec.isInside();
            codecOwes = codec.owes();
            wanted = Objects.requireNonNull(codec.next(), "the codec does not say what is next");
        } catch (Throwable thrown) {
            threw(thrown);
        } finally {
            calls--;
        }
        if (!state.isClosing()) {
            codecIsDone = wanted == Next.CLOSE;
            reading.pauseForCodec(wanted != Next.READ);
        }
    }

    /** Between the parts of a message. */
    boolean isInsideMessage() {
        return codecIsInside;
    }

    /** Whether the codec is one of requests and replies, so that a peer that has ended its half wants nothing but what is owed. */
    boolean isOfRequests() {
        return codecAnswers;
    }

    /** Whether the codec says that the conversation is over. */
    boolean isConversationOver() {
        return codecIsDone;
    }

    /** The connection is over and everyone has been told: the codec gives back what it holds. */
    @SuppressWarnings("CatchingUnchecked") // The border between Weir's code and a plugin's.
    void disposeCodec() {
        if (codec != null) {
            Codec<Object, Object> last = codec;
            codec = null;
            enter();
            try {
                last.dispose();
            } catch (Throwable thrown) {
                threw(thrown);
            } finally {
                leaveForGood();
            }
        }
    }

    /** True while code of the protocol is on the stack. */
    boolean isInCall() {
        return calls > 0;
    }

    /** Sends a message from the loop; takes it. */
    boolean send(Object message) {
        loop().assertOwner();
        if (!state.isSendable() || codec == null) {
            ReferenceCountUtil.release(message);
            return false;
        }
        writing.send(codec, message);
        return true;
    }

    /** Sends a message of the engine's own from the loop: a ping, a goodbye. Takes it; releases it once the connection is closed. */
    void sendOwn(Object message) {
        if (state == ConnectionState.CLOSED || codec == null) {
            ReferenceCountUtil.release(message);
        } else {
            writing.sendOwn(codec, message);
        }
    }

    /** Sends a message of the protocol's own accord from the loop; takes it. */
    boolean reply(Object message) {
        boolean taken = send(message);
        if (taken && oneReply != null) {
            oneReply.sent();
        }
        return taken;
    }

    /** A message is about to be handed to the protocol. */
    void asked() {
        if (oneReply != null) {
            oneReply.asked();
        }
    }

    private void lookForReply() {
        if (oneReply != null) {
            oneReply.look();
        }
    }

    /** Whether the connection was for one reply, and that was sent. */
    boolean hasReplied() {
        return oneReply != null && oneReply.isSent();
    }

    /**
     * The protocol's last word, or else the codec's, where one has a word for this reason. The ending has begun, so nobody else can
     * send any more.
     */
    void sayGoodbye(CloseReason why) {
        if (serving == null || codec == null || state == ConnectionState.CLOSED) {
            return;
        }
        Optional<Object> word = protocol().goodbye().flatMap(words -> words.goodbye(why));
        if (word.isEmpty()) {
            word = codec.goodbye(why);
        }
        word.ifPresent(this::sendOwn);
    }

    /** True while nothing of it is in flight: nobody would miss more of it than the connection itself. */
    boolean isIdle() {
        return state == ConnectionState.OPEN
                && !isAtWork()
                && calls == 0
                && bytesQueued() == 0
                && !isReceiving()
                && !isReadingPaused()
                && !reading.isBusy();
    }

    /** When a byte came or went last. */
    long lastMovedNanos() {
        return lastReadNanos() - lastWriteNanos() > 0 ? lastReadNanos() : lastWriteNanos();
    }

    /** Ends it if it is idle and nothing has moved since then, and gives its descriptor back. @return whether it did */
    boolean evictIfIdleSince(long nanos) {
        if (isIdle()) {
            // Nobody is called idle while bytes of his lie unread.
            reading.readPending();
        }
        if (!isIdle() || lastMovedNanos() != nanos) {
            return false;
        }
        closing().evict();
        return true;
    }

    /** A piece of work in flight begins. */
    void hold() {
        loop().assertOwner();
        holds++;
    }

    /** A piece of work in flight is done. */
    void release() {
        loop().assertOwner();
        holds--;
        lookForReply();
        endIfDone();
    }

    /** Ends it when nothing of it is in flight any more and someone waits for that. */
    void endIfDone() {
        if (closing != null || hasReplied() || isConversationOver()) {
            closing().endIfDone();
        }
    }

    /** Everything that was queued has been taken by the system. */
    void queueEmptied() {
        if (state == ConnectionState.FLUSHING) {
            closing().queueEmptied();
        } else {
            watch.queueEmptied();
            endIfDone();
        }
    }

    /** It is over, and the descriptor is given back: whoever let it in hears of it. */
    void ended() {
        server.ended(admitted);
    }

    /** The socket's end: token and descriptor are given back. Only {@link Closing} calls it. */
    void dispose(boolean abort) {
        if (token >= 0) {
            loop().unregister(token);
            token = -1;
        }
        watch.stop();
        session.cancelTimers();
        if (abort) {
            socket.abort();
        } else {
            socket.close();
        }
        // After the socket: until it is closed a pending send may still be using the queue's buffers.
        reading.dispose();
        writing.dispose();
        siblings().remove(this);
    }

    EventLoop loop() {
        return server.loop();
    }

    /**
     * The time, for stamps. Not that at which the turn began: a handler may have held up the loop since, and what it kept from being
     * read in time is not to look old.
     */
    long nanoTime() {
        return server.loop().nanoTime();
    }

    StreamSocket socket() {
        return socket;
    }

    ServerProfile profile() {
        return server.profile();
    }

    ServerMetrics.PerLoop metrics() {
        return server.metrics();
    }

    Reading reading() {
        return reading;
    }

    Writing writing() {
        return writing;
    }

    Watch watch() {
        return watch;
    }

    /** How it ends. Whoever asks for that brings its end in sight; who only wants to know has {@link #isDraining()} and the like. */
    Closing closing() {
        if (closing == null) {
            closing = new Closing(this);
        }
        return closing;
    }

    /** Why it ends, or has ended; empty while it does not. */
    Optional<CloseReason> closeReason() {
        return closing == null ? Optional.empty() : closing.reason();
    }

    ConnectionSession session() {
        return session;
    }

    Codec<Object, Object> codec() {
        return codec;
    }

    LoopConnections siblings() {
        return server.siblings();
    }

    AnyProtocol<Object, Object> protocol() {
        return serving.protocol();
    }

    /** How many bytes may wait that make no whole message. */
    int maxUndecodedBytes() {
        return serving.maxUndecodedBytes();
    }

    Handler<Object> handler() {
        return handler;
    }

    void protocolPhase(String name) {
        particularsToTell().beginPhase(name, nanoTime());
    }

    private Particulars particularsToTell() {
        if (particulars == null) {
            particulars = new Particulars();
        }
        return particulars;
    }

    /** Takes the key as the client's name. @return false when the connection is closing, or is now being closed as a duplicate */
    boolean identify(String key) {
        loop().assertOwner();
        if (state.isClosing()) {
            return false;
        }
        if (!identity().equals(key)) {
            forgetIdentity();
            particularsToTell().identity(key);
            if (!profile().identities().identify(this, key)) {
                closing().close(CloseReason.of(CloseReason.Cause.DUPLICATE, key + " is connected already"));
                return false;
            }
        }
        return true;
    }

    /** Another connection goes by the same name from now on. Any thread. */
    void replacedBy(SocketConnection newcomer) {
        CloseReason reason = CloseReason.of(
                CloseReason.Cause.DUPLICATE,
                "replaced by connection " + newcomer.id() + " with " + newcomer.remoteAddress());
        loop().execute(() -> closing().close(reason));
    }

    /** Lets others go by the client's name; it stays to be read. */
    void forgetIdentity() {
        if (!identity().isEmpty()) {
            profile().identities().forget(this, identity());
        }
    }

    /** What serves it now, for a reader of the log: by the configuration's name, or by its class once the protocol has switched. */
    String protocolName() {
        return protocol() == profile().protocol()
                ? profile().protocolName()
                : protocol().getClass().getName();
    }

    CloseReason.Phase phase() {
        return PHASES.get(state);
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public String server() {
        return profile().name();
    }

    @Override
    public Endpoint localAddress() {
        return socket.localAddress();
    }

    @Override
    public Endpoint remoteAddress() {
        return socket.remoteAddress();
    }

    @Override
    public ConnectionState state() {
        return state;
    }

    @Override
    public long openedNanos() {
        return openedNanos;
    }

    @Override
    public long lastReadNanos() {
        return reading.lastNanos();
    }

    @Override
    public long lastWriteNanos() {
        return writing.lastNanos();
    }

    @Override
    public long lastPingNanos() {
        return watch.lastPingNanos();
    }

    @Override
    public int pingsUnanswered() {
        return watch.pingsUnanswered();
    }

    @Override
    public long undecodedSinceNanos() {
        return reading.sinceNanos();
    }

    @Override
    public long halfClosedSinceNanos() {
        return closing == null ? nanoTime() : closing.halfClosedSinceNanos();
    }

    @Override
    public long bytesReceived() {
        return reading.received();
    }

    @Override
    public long bytesSent() {
        return writing.sent();
    }

    @Override
    public long bytesQueued() {
        return writing.queued();
    }

    @Override
    public long queuedSinceNanos() {
        return writing.queuedSinceNanos();
    }

    @Override
    public long bytesSentSinceQueued() {
        return writing.sentSinceQueued();
    }

    @Override
    public int undecodedBytes() {
        return reading.undecodedBytes();
    }

    @Override
    public boolean isReadingPaused() {
        return reading.isPaused();
    }

    @Override
    public boolean isReceiving() {
        return !reading.isEnded() && (undecodedBytes() > 0 || codecIsInside);
    }

    @Override
    public long receivingSinceNanos() {
        return reading.countedSinceNanos();
    }

    @Override
    public long receivingBytes() {
        return reading.counted();
    }

    @Override
    public boolean isDraining() {
        return closing != null && closing.isDraining();
    }

    @Override
    public boolean isForOneReply() {
        return profile().mode() == ConnectionMode.SHORT;
    }

    @Override
    public int holds() {
        return holds;
    }

    @Override
    public boolean isAtWork() {
        return holds > 0 || codecOwes;
    }

    @Override
    public String protocolPhase() {
        return particulars == null ? "" : particulars.phase();
    }

    @Override
    public long protocolPhaseSinceNanos() {
        return particulars == null ? openedNanos : particulars.phaseSinceNanos();
    }

    @Override
    public String identity() {
        return particulars == null ? "" : particulars.identity();
    }

    @Override
    public String toString() {
        return "connection " + id + " of " + profile().name() + " with " + remoteAddress();
    }

    @SuppressWarnings("unchecked") // The settings give each option a value of its type.
    private <T> void setOption(SocketOption<T> option, Object value) throws TransportException {
        socket.option(option, (T) value);
    }
}
