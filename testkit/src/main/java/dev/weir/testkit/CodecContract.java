package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.PluginApi;
import dev.weir.codec.CodecFactory;
import dev.weir.fault.CloseReason.Cause;
import dev.weir.protocol.Handler;
import dev.weir.protocol.Protocol;
import dev.weir.protocol.Session;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/**
 * What every codec keeps, by itself and in a server. A codec's test extends this and shows some streams. What a codec refuses, and
 * what it encodes, {@link CodecVerifier} shows by examples.
 *
 * @param <I> the class of decoded messages
 * @param <O> the class of messages that it encodes
 */
@PluginApi
@AddLifecycleHook(LeakCheck.class)
public abstract class CodecContract<I, O> {
    /** Bytes sent at a time. */
    private static final int MOST_PIECE = 50;

    /** Bytes that a peer may send, from first to last, and what they say. */
    public static final class Stream {
        private final byte[] bytes;
        private final List<String> texts;

        /**
         * A sample.
         *
         * @param bytes well formed to the end
         * @param texts the messages that they are
         */
        public Stream(byte[] bytes, List<String> texts) {
            this.bytes = bytes.clone();
            this.texts = List.copyOf(texts);
        }

        @Override
        public String toString() {
            return bytes.length + " bytes for " + texts;
        }
    }

    /** For subclasses. */
    protected CodecContract() {}

    /** The codec under test. */
    protected abstract CodecFactory<I, O> codec();

    /** A text of a message, made at once: two messages are the same when their texts are. */
    protected abstract String text(I message);

    /** Some streams, small ones. */
    protected abstract List<Stream> streams();

    /** The network of the server that has this codec; one for each run of a law. */
    protected abstract TransportSubject subject();

    /**
     * Answers a message that a server with this codec has received, for a codec that waits for answers ({@link
     * dev.weir.codec.Codec#owes}). Nothing, without an override.
     */
    protected void answer(I message, Session<O> session) {
        // Most codecs only frame.
    }

    /** Joins what belongs together, for a codec whose messages are pieces that depend on how the stream arrives. */
    protected List<String> joined(List<String> pieces) {
        return pieces;
    }

    @Provide
    Arbitrary<Stream> anyStream() {
        return Arbitraries.of(streams());
    }

    @Property
    void aStreamGivesItsMessagesHoweverItIsCut(@ForAll("anyStream") Stream stream) {
        CodecVerifier.of(codec(), this::text).joining(this::joined).decodes(stream.bytes, stream.texts);
    }

    @Property(tries = 30, shrinking = ShrinkingMode.OFF)
    void aServerHearsEveryMessageOnceAndInOrder(
            @ForAll("anyStream") Stream stream, @ForAll @IntRange(min = 1, max = MOST_PIECE) int piece)
            throws Exception {
        List<String> heard = new ArrayList<>();
        try (TestServer server = TestServer.start(subject(), codec(), listening(message -> heard.add(text(message))))) {
            sendAndEnd(server, stream.bytes, piece);
            server.untilClosed(1, Cause.PEER_CLOSED);
            assertThat(joined(heard)).isEqualTo(stream.texts);
            server.assertIdle();
        }
    }

    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void whateverComesIsAMessageOrAViolationAndNothingElse(
            @ForAll("anyStream") Stream stream,
            @ForAll @IntRange(min = 1, max = MOST_PIECE) int piece,
            @ForAll @IntRange(min = 1, max = 5) int damages,
            @ForAll long seed)
            throws Exception {
        byte[] bytes = damaged(stream.bytes, damages, new Random(seed));
        try (TestServer server = TestServer.start(subject(), codec(), listening(this::text))) {
            sendAndEnd(server, bytes, piece);
            server.untilNoneIsOpen();
            assertThat(server.metrics().closed(Cause.FAILED))
                    .as("connections on which the codec failed, of %s", Arrays.toString(bytes))
                    .isZero();
            server.assertIdle();
        }
    }

    private static void sendAndEnd(TestServer server, byte[] bytes, int piece) throws Exception {
        Peer peer = server.connect();
        for (int from = 0; from < bytes.length; from += piece) {
            peer.send(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + piece)));
            server.turns(1);
        }
        peer.halfClose();
        peer.readToEnd();
        peer.close();
    }

    /** Bytes changed, left out and put in. */
    private static byte[] damaged(byte[] bytes, int damages, Random random) {
        List<Byte> changed = new ArrayList<>();
        for (byte each : bytes) {
            changed.add(each);
        }
        for (int i = 0; i < damages; i++) {
            int at = random.nextInt(changed.size() + 1);
            if (at < changed.size() && random.nextBoolean()) {
                changed.remove(at);
            }
            if (random.nextBoolean()) {
                changed.add(at, (byte) random.nextInt());
            }
        }
        byte[] result = new byte[changed.size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = changed.get(i);
        }
        return result;
    }

    private Protocol<I, O> listening(Consumer<I> listener) {
        CodecFactory<I, O> codec = codec();
        return new Protocol<>() {
            @Override
            public Class<I> inbound() {
                return codec.inbound();
            }

            @Override
            public Class<O> outbound() {
                return codec.outbound();
            }

            @Override
            public Handler<I> open(Session<O> session) {
                return message -> {
                    listener.accept(message);
                    answer(message, session);
                };
            }
        };
    }
}
