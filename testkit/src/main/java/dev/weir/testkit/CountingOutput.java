package dev.weir.testkit;

import dev.weir.PluginApi;
import dev.weir.codec.Output;
import dev.weir.transport.FileRegion;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * An {@link Output} that does as little as one may: counts the bytes, keeps none of them, and gives the same block again. It allocates
 * nothing, so that what an encoder allocates can be counted. Not for use by several threads.
 */
@PluginApi
public final class CountingOutput implements Output {
    private final ByteBuf block;
    private long written;

    /** @param block what encoders write into; as large as any of them asks for, and the caller's to release */
    public CountingOutput(ByteBuf block) {
        this.block = block;
    }

    @Override
    public ByteBuf block(int room) {
        count();
        return block;
    }

    @Override
    public void write(ByteBuf bytes) {
        written += bytes.readableBytes();
        bytes.release();
    }

    @Override
    public void write(FileRegion region) {
        written += region.remaining();
        try {
            region.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the file region", e);
        }
    }

    /** Bytes written so far. */
    public long written() {
        count();
        return written;
    }

    private void count() {
        written += block.readableBytes();
        block.clear();
    }
}
