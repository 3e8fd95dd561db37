package dev.weir.testkit;

import com.sun.management.ThreadMXBean;
import dev.weir.codec.Codec;
import dev.weir.codec.Codec.Next;
import dev.weir.codec.CodecFactory;
import dev.weir.codec.MessageWindow;
import dev.weir.codec.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.ReferenceCountUtil;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Feeds one stream to one decoder, as an unkind engine would, and notes what comes out. After each message the bytes read so far
 * are overwritten, the loop's window shows another connection's bytes, and the codec is told that the message was handled. An engine
 * that moves also carries the unread bytes to a new buffer after every call, frees the old one, and asks again without new bytes.
 * Nothing is answered; where the codec wants to read no further without that, the run ends.
 *
 * @param <I> the class of messages
 */
final class DecoderRun<I> {
    private static final byte POISON = (byte) 0xDD;
    /** Messages in a row that take no bytes: more than this is taken for a decoder that never stops. */
    private static final int MOST_WITHOUT_READING = 100;
    /** What any call may allocate on the heap: messages, exceptions and their texts. */
    private static final long ALLOWANCE_BYTES = 64 * 1024;
    /** What a call may allocate besides, for each byte that it is shown. */
    private static final long ALLOWANCE_PER_BYTE = 64;

    /** Looked up once: the look-up costs more than the reading. */
    private static final java.lang.management.ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final CodecFactory<I, ?> factory;
    private final Function<? super I, String> rendering;
    private final byte[] stream;
    private final boolean moves;
    private final Codec<I, ?> codec;
    private final MessageWindow window = new MessageWindow();
    private final ByteBuf foreign = Unpooled.buffer(64, 64).setBytes(0, poison(64));
    /** Counts itself, so the leak detector has nothing to add. */
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false, true);

    private final List<String> messages = new ArrayList<>();
    private ByteBuf in;
    private int spaces;
    private int fed;
    private int readFrom;
    private long overspent = Long.MIN_VALUE;

    DecoderRun(CodecFactory<I, ?> factory, Function<? super I, String> rendering, byte[] stream, boolean moves) {
        this.factory = factory;
        this.rendering = rendering;
        this.stream = stream;
        this.moves = moves;
        this.codec = factory.create(new RecordingSession<>(String::valueOf).connection(), window);
        this.in = space(0);
    }

    /** Runs to the end of the stream or to a violation. To be called once. */
    Transcript run(Chunking chunking) {
        try {
            Optional<String> violation = decodeAll(chunking);
            int unread = violation.isPresent() ? 0 : in.readableBytes();
            codec.dispose();
            if (heldMemory() > 0) {
                throw broken("has kept " + heldMemory() + " bytes from the input's allocator beyond its end");
            }
            return new Transcript(messages, violation, unread, overspent);
        } finally {
            in.release();
        }
    }

    private Optional<String> decodeAll(Chunking chunking) {
        try {
            for (int size : chunking.sizes()) {
                refill(size);
                drain(false);
                moveWhenMoving();
            }
            drain(true);
            if (codec.isInside() && codec.next() == Next.READ) {
                throw broken("is inside a message that comes in parts, though the input has ended well");
            }
            return Optional.empty();
        } catch (ProtocolViolation violation) {
            violation.lastReply().ifPresent(ReferenceCountUtil::release);
            return Optional.of(violation.getMessage());
        }
    }

    private void drain(boolean atEnd) throws ProtocolViolation {
        int withoutReading = 0;
        for (I message = next(atEnd); message != null; message = next(atEnd)) {
            if (!atEnd && readFrom == in.writerIndex()) {
                throw broken(
                        "gave a message when every byte was read; the engine asks only while there are unread ones");
            }
            lend(message);
            withoutReading = in.readerIndex() == readFrom ? withoutReading + 1 : 0;
            if (withoutReading > MOST_WITHOUT_READING) {
                throw broken("gave " + withoutReading + " messages in a row without reading a byte");
            }
            moveWhenMoving();
        }
        if (codec.next() != Next.READ) {
            return;
        }
        if (!atEnd && in.readableBytes() > factory.maxUndecodedBytes()) {
            throw broken("left " + in.readableBytes()
                    + " bytes unread without a violation; its factory promises at most " + factory.maxUndecodedBytes());
        }
        if (!atEnd && moves) {
            move();
            if (next(false) != null) {
                throw broken("gave a message when it was asked again without new bytes");
            }
        }
    }

    private I next(boolean atEnd) throws ProtocolViolation {
        return codec.next() == Next.READ ? call(atEnd) : null;
    }

    private I call(boolean atEnd) throws ProtocolViolation {
        readFrom = in.readerIndex();
        int end = in.writerIndex();
        long allocated = allocatedBytes();
        I message = null;
        ProtocolViolation violation = null;
        try {
            message = atEnd ? codec.decodeEnd(in) : codec.decode(in);
        } catch (ProtocolViolation refused) {
            violation = refused;
        } catch (RuntimeException e) {
            throw broken("threw " + e, e);
        }
        long allowance = ALLOWANCE_BYTES + ALLOWANCE_PER_BYTE * (end - readFrom);
        overspent = Math.max(overspent, allocatedBytes() - allocated - allowance);
        inspectInput(end);
        overspent = Math.max(overspent, heldMemory() - ALLOWANCE_BYTES - ALLOWANCE_PER_BYTE * fed);
        if (violation != null) {
            throw violation;
        }
        return message;
    }

    private void inspectInput(int end) {
        if (in.refCnt() != 1) {
            throw broken("changed the reference count of its input to " + in.refCnt() + "; the input is the caller's");
        }
        if (in.writerIndex() != end) {
            throw broken("moved the writer index of its input from " + end + " to " + in.writerIndex());
        }
        if (in.readerIndex() < readFrom) {
            throw broken("moved the reader index of its input back, from " + readFrom + " to " + in.readerIndex());
        }
        int from = fed - in.readableBytes();
        for (int i = 0; i < in.readableBytes(); i++) {
            if (in.getByte(in.readerIndex() + i) != stream[from + i]) {
                throw broken("changed byte " + (from + i) + " of the stream, which it has not read yet");
            }
        }
    }

    /** Looks at a message as a handler does; afterwards it is gone, and only a copy that was asked for is left. */
    private void lend(I message) {
        String text = rendering.apply(message);
        messages.add(text);
        I copy = codec.keep(message);
        in.setBytes(0, poison(in.readerIndex()));
        window.show(foreign, 0, foreign.capacity());
        codec.messageHandled();
        String copied;
        try {
            copied = rendering.apply(copy);
        } catch (RuntimeException e) {
            throw broken("gave a copy to keep that is gone after the call: its text threw " + e, e);
        }
        if (!copied.equals(text)) {
            throw broken("gave a copy to keep that reads \"" + copied + "\" after the call, not \"" + text + "\"");
        }
        ReferenceCountUtil.release(copy);
    }

    private void refill(int size) {
        ByteBuf larger = space(in.readableBytes() + size);
        larger.writeBytes(in, in.readerIndex(), in.readableBytes());
        larger.writeBytes(stream, fed, size);
        fed += size;
        replace(larger);
    }

    private void moveWhenMoving() {
        if (moves) {
            move();
        }
    }

    private void move() {
        ByteBuf elsewhere = space(in.readableBytes());
        elsewhere.writeBytes(in, in.readerIndex(), in.readableBytes());
        replace(elsewhere);
    }

    private void replace(ByteBuf next) {
        in.setBytes(0, poison(in.capacity()));
        in.release();
        in = next;
    }

    /** An empty buffer with foreign bytes before and behind it; each begins at another index than the last. */
    private ByteBuf space(int bytes) {
        int before = spaces++ % 7;
        int capacity = before + bytes + 7;
        ByteBuf buffer = moves ? allocator.heapBuffer(capacity, capacity) : allocator.directBuffer(capacity, capacity);
        return buffer.setBytes(0, poison(capacity)).setIndex(before, before);
    }

    /** What the codec has taken of the input's allocator and not given back. */
    private long heldMemory() {
        return allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory() - in.capacity();
    }

    private static long allocatedBytes() {
        return THREADS instanceof ThreadMXBean counting ? counting.getCurrentThreadAllocatedBytes() : 0;
    }

    private AssertionError broken(String what) {
        return broken(what, null);
    }

    private AssertionError broken(String what, Throwable cause) {
        int read = fed - in.readableBytes();
        return new AssertionError(
                "the decoder " + what + ". It had been fed " + fed + " bytes, had read " + read + " and given "
                        + messages.size() + " messages.",
                cause);
    }

    private static byte[] poison(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, POISON);
        return bytes;
    }
}
