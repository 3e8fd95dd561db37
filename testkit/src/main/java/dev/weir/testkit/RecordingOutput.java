package dev.weir.testkit;

import dev.weir.PluginApi;
import dev.weir.codec.Output;
import dev.weir.transport.FileRegion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * An {@link Output} that keeps what is written, for tests of encoders. It gives no more than was promised: a block has exactly the
 * room that was asked for, and is gone after the next call; a buffer or file is released as soon as it is taken. Not for use by
 * several threads.
 */
@PluginApi
public final class RecordingOutput implements Output {
    private static final byte GUARD = (byte) 0xEE;
    private static final int GUARDED = 4;

    private final ByteArrayOutputStream recorded = new ByteArrayOutputStream();
    private final int failingCall;
    private ByteBuf block;
    private int calls;

    /** An output that works. */
    public RecordingOutput() {
        this(0);
    }

    private RecordingOutput(int failingCall) {
        this.failingCall = failingCall;
    }

    /**
     * An output whose n-th call, from 1, throws {@link Failure}. It takes what that call gives it all the same, as the engine does.
     */
    public static RecordingOutput failingAt(int call) {
        return new RecordingOutput(call);
    }

    /** Thrown by an output that was told to fail. */
    public static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Failure(int call) {
            super("call " + call + " of the output fails, as the test asked");
        }
    }

    @Override
    public ByteBuf block(int bytes) {
        next();
        block = Unpooled.buffer(GUARDED + bytes, GUARDED + bytes);
        for (int i = 0; i < GUARDED; i++) {
            block.writeByte(GUARD);
        }
        return block;
    }

    @Override
    public void write(ByteBuf bytes) {
        try {
            next();
            byte[] copy = new byte[bytes.readableBytes()];
            bytes.getBytes(bytes.readerIndex(), copy);
            recorded.writeBytes(copy);
        } finally {
            bytes.release();
        }
    }

    @Override
    public void write(FileRegion region) {
        try (region) {
            next();
            ByteBuffer copy = ByteBuffer.allocate(Math.toIntExact(region.remaining()));
            while (copy.hasRemaining() && region.channel().read(copy, region.position() + copy.position()) >= 0) {
                // Reads on until the region is complete or the file is shorter than it promised.
            }
            recorded.write(copy.array(), 0, copy.position());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the file region", e);
        }
    }

    /** Everything written so far. */
    public byte[] bytes() {
        gather();
        return recorded.toByteArray();
    }

    /** Everything written so far, each byte as one character (ISO-8859-1). */
    public String text() {
        return new String(bytes(), StandardCharsets.ISO_8859_1);
    }

    /** How often it was called. */
    public int calls() {
        return calls;
    }

    private void next() {
        gather();
        calls++;
        if (calls == failingCall) {
            throw new Failure(calls);
        }
    }

    /** Takes what stands in the block, and the block away. */
    private void gather() {
        if (block == null) {
            return;
        }
        ByteBuf done = block;
        block = null;
        try {
            inspect(done);
            recorded.write(done.array(), done.arrayOffset() + GUARDED, done.writerIndex() - GUARDED);
        } finally {
            done.release();
        }
    }

    private static void inspect(ByteBuf done) {
        if (done.refCnt() != 1) {
            throw new AssertionError("the encoder changed the reference count of the block to " + done.refCnt());
        }
        boolean touched = done.readerIndex() != 0 || done.writerIndex() < GUARDED;
        for (int i = 0; i < GUARDED; i++) {
            touched |= done.getByte(i) != GUARD;
        }
        if (touched) {
            throw new AssertionError("the encoder touched the block before its writer index");
        }
    }
}
