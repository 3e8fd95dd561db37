package dev.weir.testkit;

import dev.weir.codec.Codec;
import dev.weir.codec.CodecFactory;
import dev.weir.codec.MessageWindow;
import dev.weir.codec.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.ReferenceCounted;
import java.util.List;
import java.util.function.Supplier;

/**
 * Checks that an encoder takes each message exactly once, whatever the output does.
 *
 * @param <O> the class of messages
 */
final class EncoderCheck<O> {
    private final CodecFactory<?, O> factory;
    private final byte[] asked;
    private final List<? extends Supplier<? extends O>> messages;

    /** @param asked what its decoder is given first */
    EncoderCheck(CodecFactory<?, O> factory, byte[] asked, List<? extends Supplier<? extends O>> messages) {
        this.factory = factory;
        this.asked = asked;
        this.messages = messages;
    }

    /** The bytes of all messages by one encoder, after every check of each. */
    byte[] bytes() {
        RecordingOutput output = new RecordingOutput();
        encoderBefore(messages.size(), output).dispose();
        for (int index = 0; index < messages.size(); index++) {
            int calls = takenOnce(index, 0);
            for (int failing = 1; failing <= calls; failing++) {
                takenOnce(index, failing);
            }
        }
        return output.bytes();
    }

    /** The refusal of the last message. */
    IllegalArgumentException refusal() {
        int last = messages.size() - 1;
        Codec<?, O> encoder = encoderBefore(last, new RecordingOutput());
        Counted<O> message = new Counted<>(messages.get(last).get());
        try {
            encoder.encode(message.value, new RecordingOutput());
        } catch (IllegalArgumentException expected) {
            message.releasedOnce("after the encoder refused it");
            return expected;
        } catch (RuntimeException e) {
            throw new AssertionError(
                    "the encoder should refuse the message by an IllegalArgumentException, but threw " + e, e);
        } finally {
            encoder.dispose();
        }
        throw new AssertionError("the encoder took a message that it should have refused");
    }

    /** Encodes the message at an index, to an output that fails at a call (0: never). Gives the number of calls. */
    private int takenOnce(int index, int failingCall) {
        Codec<?, O> encoder = encoderBefore(index, new RecordingOutput());
        RecordingOutput output = RecordingOutput.failingAt(failingCall);
        Counted<O> message = new Counted<>(messages.get(index).get());
        try {
            encoder.encode(message.value, output);
            output.bytes();
        } catch (RecordingOutput.Failure asked) {
            message.releasedOnce("after call " + failingCall + " of the output threw");
            return output.calls();
        } finally {
            encoder.dispose();
        }
        if (failingCall > 0) {
            throw new AssertionError("the encoder swallowed what call " + failingCall + " of the output threw");
        }
        message.releasedOnce("after it was encoded");
        return output.calls();
    }

    /** An encoder that was asked, and has already encoded the messages before an index. */
    private Codec<?, O> encoderBefore(int index, RecordingOutput output) {
        Codec<?, O> encoder = factory.create(new RecordingSession<>(String::valueOf).connection(), new MessageWindow());
        ask(encoder);
        for (Supplier<? extends O> message : messages.subList(0, index)) {
            encoder.encode(message.get(), output);
        }
        return encoder;
    }

    private void ask(Codec<?, O> codec) {
        ByteBuf in = Unpooled.copiedBuffer(asked);
        try {
            while (in.isReadable() && codec.decode(in) != null) {
                codec.messageHandled();
            }
        } catch (ProtocolViolation e) {
            throw new AssertionError("what the encoder was to be asked was refused: " + e.getMessage(), e);
        } finally {
            in.release();
        }
    }

    /** A message with one more reference than the encoder is given, so that the count can be read afterwards. */
    private static final class Counted<O> {
        private final O value;

        Counted(O value) {
            this.value = value;
            if (value instanceof ReferenceCounted counted) {
                counted.retain();
            }
        }

        void releasedOnce(String when) {
            if (value instanceof ReferenceCounted counted) {
                int left = counted.refCnt();
                if (left != 1) {
                    throw new AssertionError(
                            "the encoder released its message " + (2 - left) + " times instead of once, " + when);
                }
                counted.release();
            }
        }
    }
}
