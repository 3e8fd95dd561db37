package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.codec.CodecFactory;
import dev.weir.engine.ServerMetrics;
import dev.weir.fault.CloseReason.Cause;
import dev.weir.lifecycle.PolicyKind;
import dev.weir.loop.EventLoop;
import dev.weir.metrics.Metrics;
import dev.weir.plugin.Plugin;
import dev.weir.plugin.PluginCatalog;
import dev.weir.plugin.PluginModule;
import dev.weir.protocol.AnyProtocol;
import dev.weir.server.Weir;
import dev.weir.transport.Endpoint;
import dev.weir.wiring.KernelPlugin;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.ToIntFunction;

/**
 * A Weir with one server, called test, on a transport under test; the peers that were connected to it; and, when all is over, the
 * check that everything was given back. One thread.
 */
final class TestServer implements AutoCloseable {
    private final TransportSubject subject;
    private final Weir weir;
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private final List<Peer> peers = new ArrayList<>();
    private final long descriptorsBefore;
    private final long descriptorsWhenIdle;
    private final long allocatedWhenIdle;

    private TestServer(TransportSubject subject, CodecFactory<?, ?> codec, AnyProtocol<?, ?> protocol, String settings)
            throws Exception {
        this.subject = subject;
        this.descriptorsBefore = subject.openDescriptors();
        var builder = Weir.builder()
                .transport(subject.transport())
                .clock(subject.clock())
                .allocator(allocator)
                .receiveBytes(subject.receiveBytes())
                .plugins(PluginCatalog.of(new KernelPlugin(), new TestPlugin(codec, protocol)))
                .poisonLentMessages()
                .config("""
                        weir {
                          event-loops = 2
                          # Where accept fails for want of a descriptor, now and then, nobody is to lose its connection.
                          process.descriptors.on-exhausted = pause
                          servers.test { listen = "%s", codec = frames, protocol = under-test }
                        }
                        weir { %s }
                        """.formatted(subject.listenAddress(), settings));
        if (subject.isCallerDriven()) {
            builder.callerDriven();
        }
        this.weir = builder.build();
        subject.drive(weir);
        weir.start();
        this.descriptorsWhenIdle = subject.openDescriptors();
        this.allocatedWhenIdle = allocated();
    }

    /**
     * Starts one. Its codec is frames, unless the settings say raw.
     *
     * @param settings HOCON for the block weir, on top of two event loops and the defaults
     */
    static TestServer start(TransportSubject subject, AnyProtocol<ByteBuf, ByteBuf> protocol, String... settings)
            throws Exception {
        return new TestServer(subject, new Frames(), protocol, String.join("\n", settings));
    }

    /** Starts one that has this codec. */
    static <I, O> TestServer start(
            TransportSubject subject, CodecFactory<I, O> codec, AnyProtocol<I, O> protocol, String... settings)
            throws Exception {
        return new TestServer(
                subject, codec, protocol, "servers.test.codec = under-test\n" + String.join("\n", settings));
    }

    /** Offers what the laws need. */
    private record TestPlugin(CodecFactory<?, ?> codec, AnyProtocol<?, ?> protocol) implements Plugin {
        @Override
        public String name() {
            return "test";
        }

        @Override
        public PluginModule module() {
            return new PluginModule() {
                @Override
                protected void offers() {
                    codec("raw", settings -> new RawBytes());
                    codec("frames", settings -> new Frames());
                    codec("under-test", settings -> codec);
                    protocol("under-test", settings -> protocol);
                    FaultyPolicies.KINDS.forEach(this::faulty);
                }

                private <P> void faulty(PolicyKind<P> kind) {
                    policy(kind, "throws", settings -> FaultyPolicies.throwing(kind.type()));
                    policy(kind, "answers-nothing", settings -> FaultyPolicies.silent(kind.type()));
                }
            };
        }
    }

    Weir weir() {
        return weir;
    }

    ServerMetrics metrics() {
        return weir.server("test").metrics();
    }

    /** The sum of all readings of this name. */
    long reading(String name) {
        long[] sum = {0};
        weir.metrics().read((id, kind, value) -> sum[0] += id.name().equals(name) ? value : 0);
        return sum[0];
    }

    /** Connections of one loop. */
    long openOn(int loop) {
        long[] open = {0};
        var wanted = new Metrics.Id("weir.loop.connections.open", Map.of("loop", Integer.toString(loop)));
        weir.metrics().read((id, kind, value) -> open[0] += id.equals(wanted) ? value : 0);
        return open[0];
    }

    Endpoint address() {
        return weir.server("test").addresses().getFirst();
    }

    /** A new peer. */
    Peer connect() throws IOException {
        return connect(0);
    }

    /** A new peer that takes in about so many bytes while it does not read. */
    Peer connect(int receiveBufferBytes) throws IOException {
        Peer peer = subject.connect(address(), receiveBufferBytes);
        peers.add(peer);
        return peer;
    }

    void until(String what, BooleanSupplier condition) {
        subject.until(what, condition);
    }

    /** Waits until so many connections have ended for this cause. */
    void untilClosed(int connections, Cause cause) {
        subject.until(
                connections + " connections end as " + cause, () -> metrics().closed(cause) == connections);
    }

    void untilNoneIsOpen() {
        subject.until("no connection is open", () -> weir.openConnections() == 0);
    }

    /** Turns a caller-driven Weir so many times; any other turns by itself. */
    void turns(int count) {
        for (int i = 0; i < count && subject.isCallerDriven(); i++) {
            weir.turn();
        }
    }

    /** Lets so much time pass for a caller-driven Weir, and what is due then happen; any other has time that passes by itself. */
    void elapse(Duration time) {
        if (subject.isCallerDriven()) {
            // What is under way first: it came before.
            turns(2);
            subject.advance(time);
            turns(2);
        }
    }

    /** Bytes of the buffers that Weir has out at the moment, without those that a loop keeps to use them again. */
    long allocated() {
        return allocator.metric().usedDirectMemory()
                + allocator.metric().usedHeapMemory()
                - reading("weir.loop.spare.bytes");
    }

    /** Waits until no connection is open, and checks that all they had was given back while the server goes on. */
    void assertIdle() {
        peers.forEach(Peer::close);
        untilNoneIsOpen();
        assertThat(sum(EventLoop::registered)).as("sockets registered").isOne();
        assertThat(sum(EventLoop::timers)).as("timers waiting").isZero();
        assertThat(allocated()).as("bytes of buffers").isEqualTo(allocatedWhenIdle);
        weir.metrics().read((id, kind, value) -> {
            if (id.name().equals("weir.connections.open")) {
                assertThat(value).as(id.name()).isZero();
            }
        });
        // A poller may give a closed socket's descriptor back with its next poll.
        until("descriptors are back at " + descriptorsWhenIdle, () -> openDescriptors() == descriptorsWhenIdle);
    }

    private int sum(ToIntFunction<EventLoop> reading) {
        return each(reading).stream().mapToInt(Integer::intValue).sum();
    }

    /** What each loop says of itself. */
    List<Integer> each(ToIntFunction<EventLoop> reading) {
        List<Integer> answers = new ArrayList<>();
        for (EventLoop loop : weir.loops()) {
            CompletableFuture<Integer> answer = new CompletableFuture<>();
            loop.execute(() -> answer.complete(reading.applyAsInt(loop)));
            until("a loop answers", answer::isDone);
            answers.add(answer.join());
        }
        return answers;
    }

    private long openDescriptors() {
        try {
            return subject.openDescriptors();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Stops Weir, closes the peers, and checks that nothing is left. */
    @Override
    public void close() throws IOException {
        weir.close();
        peers.forEach(Peer::close);
        subject.close();
        assertThat(weir.openConnections()).as("open connections").isZero();
        for (EventLoop loop : weir.loops()) {
            assertThat(loop.registered()).as("sockets registered").isZero();
            assertThat(loop.timers()).as("timers waiting").isZero();
            assertThat(loop.receiveBuffer().space().refCnt())
                    .as("the receive buffer, which is no memory of the allocator's")
                    .isZero();
        }
        assertThat(allocated()).as("bytes of buffers not released").isZero();
        assertThat(subject.openDescriptors()).as("open descriptors").isEqualTo(descriptorsBefore);
    }
}
