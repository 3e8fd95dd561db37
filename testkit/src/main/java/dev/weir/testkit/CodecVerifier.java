package dev.weir.testkit;

import dev.weir.PluginApi;
import dev.weir.codec.CodecFactory;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Checks that a codec keeps the contract of {@link dev.weir.codec}. For authors of codecs; a test needs no more than
 *
 * <pre>{@code
 * CodecVerifier.ofBytes(factory).decodes(bytes, List.of("first", "second"));
 * }</pre>
 *
 * <p>A stream is decoded whole, byte by byte, cut in two at every point, and in random pieces; each way once in one buffer as the
 * engine does, and once with the unread bytes carried to another buffer after every call. However it comes, the decoder must
 *
 * <ul>
 *   <li>give the same messages and come to the same end;
 *   <li>read nothing of a message again after its call: all bytes read so far are overwritten with 0xDD by then;
 *   <li>move the reader index forward only, and change nothing that it has not read;
 *   <li>keep no reference to its input, and give back by {@link dev.weir.codec.Codec#dispose} what buffers it holds of its own;
 *   <li>allocate by what it has been shown, not by what the peer claims (heap of this thread and the input's allocator are
 *       looked at; memory taken elsewhere is not seen);
 *   <li>leave at most {@link CodecFactory#maxUndecodedBytes()} bytes unread, or throw;
 *   <li>be inside no message in parts when the input has ended well;
 *   <li>need new bytes for a new message, and give it while there are unread ones: the engine does not ask without;
 *   <li>give by {@link dev.weir.codec.Decoder#keep} a copy that is valid after the message's call.
 * </ul>
 *
 * <p>Nothing is answered, and it is told of each message that it was handled. A codec that says {@link
 * dev.weir.codec.Codec.Next#WAIT} or {@link dev.weir.codec.Codec.Next#CLOSE} is asked no further.
 *
 * <p>An encoder must release each message exactly once, also when it refuses the message and when the output throws; it must write
 * to a block no more than it asked for, and leave alone what stands before.
 *
 * <p>Messages are lent, so they are compared by a text that is made of them at once. A broken rule is an {@link AssertionError}
 * that says which pieces broke it. Random pieces are drawn from the stream alone: the same stream is always cut alike.
 *
 * @param <I> the class of decoded messages
 * @param <O> the class of messages that it encodes
 */
@PluginApi
public final class CodecVerifier<I, O> {
    /** Longer streams are cut in two at this many random points instead of at every one. */
    private static final int MOST_SPLITS = 4096;

    private static final int RANDOM_CHUNKINGS = 20;
    /** The first call of a class may load others, which costs memory once; a decoder that spends it each time is to blame. */
    private static final int ATTEMPTS = 3;

    private final CodecFactory<I, O> factory;
    private final Function<? super I, String> rendering;
    private final UnaryOperator<List<String>> joining;
    private final byte[] asked;

    private CodecVerifier(
            CodecFactory<I, O> factory,
            Function<? super I, String> rendering,
            UnaryOperator<List<String>> joining,
            byte[] asked) {
        this.factory = factory;
        this.rendering = rendering;
        this.joining = joining;
        this.asked = asked;
    }

    /**
     * A verifier for a codec.
     *
     * @param rendering makes a text of a message; two messages are the same when their texts are
     */
    public static <I, O> CodecVerifier<I, O> of(CodecFactory<I, O> factory, Function<? super I, String> rendering) {
        return new CodecVerifier<>(factory, rendering, UnaryOperator.identity(), new byte[0]);
    }

    /** A verifier for a codec of bytes; each byte of a message is one character of its text (ISO-8859-1). */
    public static <O> CodecVerifier<ByteBuf, O> ofBytes(CodecFactory<ByteBuf, O> factory) {
        return of(factory, message -> message.toString(StandardCharsets.ISO_8859_1));
    }

    /**
     * For codecs whose messages are pieces that depend on how the stream arrives (raw bytes, pieces of a body): lists of messages
     * are compared after this function has joined what belongs together.
     */
    public CodecVerifier<I, O> joining(UnaryOperator<List<String>> pieces) {
        return new CodecVerifier<>(factory, rendering, pieces, asked);
    }

    /** For codecs whose encoder answers: these bytes are decoded and handled before it is given anything to encode. */
    public CodecVerifier<I, O> asked(byte[] requests) {
        return new CodecVerifier<>(factory, rendering, joining, requests.clone());
    }

    /** The stream gives these messages and ends well, with nothing left unread, however it is cut. */
    public void decodes(byte[] stream, List<String> messages) {
        inEveryChunking(stream, chunking -> decodes(stream, messages, chunking));
    }

    /** The same for one way of cutting; for properties, see {@link Chunking#any}. */
    public void decodes(byte[] stream, List<String> messages, Chunking chunking) {
        inBothWays(stream, chunking, messages, transcript -> {
            if (transcript.violation().isPresent() || transcript.unread() > 0) {
                throw new AssertionError(
                        "expected the end of input with nothing unread, but came to " + transcript.end());
            }
        });
    }

    /**
     * The stream gives these messages and is then refused by a {@link dev.weir.codec.ProtocolViolation}, however it is cut.
     *
     * @param saying parts of the violation's text
     */
    public void refuses(byte[] stream, List<String> messages, String... saying) {
        inEveryChunking(
                stream,
                chunking -> inBothWays(stream, chunking, messages, transcript -> {
                    String what = transcript
                            .violation()
                            .orElseThrow(
                                    () -> new AssertionError("expected a violation, but came to " + transcript.end()));
                    says(what, saying);
                }));
    }

    /**
     * A message that never ends is refused before more than {@link CodecFactory#maxUndecodedBytes()} bytes of it are kept.
     *
     * @param start how it begins
     * @param filler what it goes on with, again and again
     */
    public void refusesEndless(byte[] start, byte[] filler) {
        int length = 1 + Math.max(start.length, factory.maxUndecodedBytes());
        byte[] stream = Arrays.copyOf(start, length);
        for (int i = start.length; i < length; i++) {
            stream[i] = filler[(i - start.length) % filler.length];
        }
        List<Chunking> chunkings = List.of(Chunking.whole(length), Chunking.random(length, new Random(length)));
        for (Chunking chunking : chunkings) {
            inBothWays(stream, chunking, List.of(), transcript -> {
                if (transcript.violation().isEmpty()) {
                    throw new AssertionError("expected a violation, but came to " + transcript.end());
                }
            });
        }
    }

    /**
     * The bytes that one encoder makes of these messages, in order.
     *
     * @param messages each makes a new message, whose reference count, if it has one, is 1
     */
    public byte[] encodes(List<? extends Supplier<? extends O>> messages) {
        return new EncoderCheck<>(factory, asked, messages).bytes();
    }

    /** What is encoded decodes to these texts, however it is cut. */
    public void roundTrips(List<? extends Supplier<? extends O>> messages, List<String> texts) {
        decodes(encodes(messages), texts);
    }

    /**
     * The message is refused by an {@link IllegalArgumentException}.
     *
     * @param saying parts of the exception's text
     */
    public void refusesToEncode(Supplier<? extends O> message, String... saying) {
        says(new EncoderCheck<>(factory, asked, List.of(message)).refusal().getMessage(), saying);
    }

    private void inEveryChunking(byte[] stream, Consumer<Chunking> check) {
        int length = stream.length;
        check.accept(Chunking.whole(length));
        check.accept(Chunking.byteByByte(length));
        Random random = new Random(Arrays.hashCode(stream));
        if (length <= MOST_SPLITS) {
            for (int index = 1; index < length; index++) {
                check.accept(Chunking.splitAt(index, length));
            }
        } else {
            random.ints(MOST_SPLITS, 1, length).forEach(index -> check.accept(Chunking.splitAt(index, length)));
        }
        for (int i = 0; i < RANDOM_CHUNKINGS && length > 1; i++) {
            check.accept(Chunking.random(length, random));
        }
    }

    private void inBothWays(byte[] stream, Chunking chunking, List<String> messages, Consumer<Transcript> end) {
        for (boolean moves : new boolean[] {false, true}) {
            try {
                Transcript transcript = transcript(stream, chunking, moves);
                List<String> expected = joining.apply(messages);
                List<String> given = joining.apply(transcript.messages());
                if (!expected.equals(given)) {
                    throw new AssertionError("expected the messages " + expected + ", but the decoder gave " + given
                            + " and came to " + transcript.end());
                }
                end.accept(transcript);
            } catch (AssertionError broken) {
                throw new AssertionError(
                        "in " + chunking + (moves ? ", moved to another buffer after every call" : ", in one buffer")
                                + ": " + broken.getMessage(),
                        broken);
            }
        }
    }

    private Transcript transcript(byte[] stream, Chunking chunking, boolean moves) {
        Transcript transcript = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            transcript = new DecoderRun<>(factory, rendering, stream, moves).run(chunking);
            if (transcript.overspentBytes() <= 0) {
                return transcript;
            }
        }
        throw new AssertionError("in one call the decoder allocated " + transcript.overspentBytes()
                + " bytes more than the bytes that it was shown can account for");
    }

    private static void says(String text, String... parts) {
        for (String part : parts) {
            if (text == null || !text.contains(part)) {
                throw new AssertionError("expected a text that says \"" + part + "\", but it is \"" + text + "\"");
            }
        }
    }
}
