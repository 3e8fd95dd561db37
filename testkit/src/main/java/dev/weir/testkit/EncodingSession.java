package dev.weir.testkit;

import dev.weir.PluginApi;
import dev.weir.codec.CodecFactory;
import dev.weir.connection.Connection;
import dev.weir.protocol.Hold;
import dev.weir.protocol.Protocol;
import dev.weir.protocol.Session;
import dev.weir.time.Timer;
import dev.weir.transport.TcpInfo;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A session for a codec and a handler without an engine: what is sent is encoded at once. It can do nothing else, and costs nothing, so
 * that allocations can be counted.
 *
 * @param connection what the handler sees of the connection
 * @param encoder takes what is sent
 * @param <O> the class of messages that the protocol sends
 */
@PluginApi
public record EncodingSession<O>(Connection connection, Consumer<? super O> encoder) implements Session<O> {

    @Override
    public boolean send(O message) {
        encoder.accept(message);
        return true;
    }

    @Override
    public boolean isWritable() {
        return true;
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void abort() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void pauseReading() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void resumeReading() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Hold hold() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean identify(String key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void phase(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<TcpInfo> tcpInfo() {
        return Optional.empty();
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void execute(Runnable task) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <I2, O2> void switchTo(CodecFactory<I2, O2> codec, Protocol<I2, O2> protocol) {
        throw new UnsupportedOperationException();
    }
}
