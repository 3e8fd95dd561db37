package dev.weir.protocols.http1.conformance;

import dev.weir.codec.Codec;
import dev.weir.codec.Codec.Next;
import dev.weir.codec.CodecFactory;
import dev.weir.codec.MessageWindow;
import dev.weir.codec.ProtocolViolation;
import dev.weir.connection.Connection;
import dev.weir.protocol.Handler;
import dev.weir.protocol.Hold;
import dev.weir.protocol.Protocol;
import dev.weir.protocol.Session;
import dev.weir.protocols.http1.HttpRequest;
import dev.weir.protocols.http1.HttpResponse;
import dev.weir.testkit.RecordingOutput;
import dev.weir.testkit.RecordingSession;
import dev.weir.time.Timer;
import dev.weir.transport.TcpInfo;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;

/**
 * One connection of a codec and a protocol without engine and network: bytes in, bytes out. It keeps to what an engine promises a codec
 * and is unkind where it may be: the input lies in another buffer with each piece, and what has been read is overwritten.
 */
public final class CodecAlone implements Session<HttpResponse>, AutoCloseable {
    private final RecordingSession<HttpResponse> recorded = new RecordingSession<>(String::valueOf);
    private final RecordingOutput out = new RecordingOutput();
    private final Codec<HttpRequest, HttpResponse> codec;
    private final Handler<? super HttpRequest> handler;
    private final Queue<Runnable> tasks = new ArrayDeque<>();

    private ByteBuf in = Unpooled.buffer();
    private boolean isRunning;
    private boolean isPaused;
    private boolean hasEnded;
    private boolean isSwitched;
    private boolean isClosed;
    private Optional<String> violation = Optional.empty();

    public CodecAlone(CodecFactory<HttpRequest, HttpResponse> factory, Protocol<HttpRequest, HttpResponse> protocol) {
        this.codec = factory.create(recorded.connection(), new MessageWindow());
        this.handler = protocol.open(this);
    }

    /** Bytes arrive. */
    public void receive(byte[] bytes, int from, int to) {
        int left = in.readableBytes();
        ByteBuf larger = Unpooled.buffer(left + to - from + 3).writeZero(3).skipBytes(3);
        larger.writeBytes(in, left).writeBytes(bytes, from, to - from);
        in.setZero(0, in.capacity());
        in = larger;
        run();
    }

    /** Bytes arrive, one byte for each character, in pieces of random sizes. Pauses end before more arrives. */
    public void receive(String bytes, Random random) {
        byte[] all = bytes.getBytes(StandardCharsets.ISO_8859_1);
        int most = 1 + random.nextInt(random.nextBoolean() ? 5 : all.length + 1);
        for (int from = 0; from < all.length; ) {
            int to = Math.min(all.length, from + 1 + random.nextInt(most));
            receive(all, from, to);
            while (isPaused) {
                resumeReading();
            }
            from = to;
        }
    }

    /** The client ends its half. */
    public void receiveEnd() {
        hasEnded = true;
        run();
        if (!isClosed && !isSwitched && !isPaused && codec.next() == Next.READ && !codec.owes()) {
            isClosed = true;
        }
    }

    /** What was sent. */
    public byte[] sent() {
        if (!isSwitched) {
            return out.bytes();
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(out.bytes());
        byte[] left = new byte[in.readableBytes()];
        in.getBytes(in.readerIndex(), left);
        all.writeBytes(left);
        return all.toByteArray();
    }

    /** Whether the server has ended the connection. */
    public boolean isClosed() {
        return isClosed;
    }

    /** Whether the connection goes on in another protocol. */
    public boolean isSwitched() {
        return isSwitched;
    }

    /** What the connection was ended for; empty when for nothing bad. */
    public Optional<String> violation() {
        return violation;
    }

    /** Whether the codec wants to read on. */
    public Next next() {
        return codec.next();
    }

    /** The system has taken all that was sent. */
    void written() {
        handler.onWriteComplete();
    }

    /** Does what was given to {@link #execute}. */
    void turn() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private void run() {
        if (isRunning) {
            return;
        }
        isRunning = true;
        try {
            while (goesOn() && (in.isReadable() || hasEnded)) {
                if (!one()) {
                    break;
                }
            }
        } catch (ProtocolViolation refused) {
            violation = Optional.of(refused.getMessage());
            refused.lastReply().ifPresent(reply -> codec.encode((HttpResponse) reply, out));
            isClosed = true;
        } finally {
            isRunning = false;
        }
        if (!isSwitched && codec.next() == Next.CLOSE && !codec.owes()) {
            isClosed = true;
        }
    }

    private boolean goesOn() {
        return !isClosed && !isPaused && !isSwitched && codec.next() == Next.READ;
    }

    private boolean one() throws ProtocolViolation {
        HttpRequest message = hasEnded ? codec.decodeEnd(in) : codec.decode(in);
        if (message == null) {
            return false;
        }
        try {
            handler.onMessage(message);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError("the handler failed", e);
        } finally {
            codec.messageHandled();
            for (int i = 0; i < in.readerIndex(); i++) {
                in.setByte(i, 0xDD);
            }
        }
        return true;
    }

    @Override
    public void close() {
        isClosed = true;
        codec.dispose();
    }

    // ---- The session.

    @Override
    public Connection connection() {
        return recorded.connection();
    }

    @Override
    public boolean send(HttpResponse message) {
        if (isClosed || isSwitched) {
            message.release();
            return false;
        }
        codec.encode(message, out);
        run();
        return true;
    }

    @Override
    public boolean isWritable() {
        return true;
    }

    @Override
    public void abort() {
        isClosed = true;
    }

    @Override
    public void pauseReading() {
        isPaused = true;
    }

    @Override
    public void resumeReading() {
        isPaused = false;
        run();
    }

    @Override
    public Hold hold() {
        return recorded.hold();
    }

    @Override
    public boolean identify(String key) {
        return recorded.identify(key);
    }

    @Override
    public void phase(String name) {
        recorded.phase(name);
    }

    @Override
    public Optional<TcpInfo> tcpInfo() {
        return Optional.empty();
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        return recorded.schedule(delay, task);
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public <I2, O2> void switchTo(CodecFactory<I2, O2> other, Protocol<I2, O2> protocol) {
        isSwitched = true;
    }
}
