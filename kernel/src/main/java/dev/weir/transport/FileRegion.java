package dev.weir.transport;

import java.io.IOException;
import java.nio.channels.FileChannel;

/**
 * A part of an open file that is to be sent. Who takes it closes it.
 */
public final class FileRegion implements AutoCloseable {
    private final FileChannel channel;
    private long position;
    private long remaining;

    /**
     * @param channel an open file, which this region goes on to own
     * @param position the first byte, from 0
     * @param count how many bytes, 0 or more
     */
    public FileRegion(FileChannel channel, long position, long count) {
        if (position < 0 || count < 0) {
            throw new IllegalArgumentException(
                    "a file region needs a position and a count of 0 or more: " + position + ", " + count);
        }
        this.channel = channel;
        this.position = position;
        this.remaining = count;
    }

    /** The open file. */
    public FileChannel channel() {
        return channel;
    }

    /** The first byte that is not sent yet. */
    public long position() {
        return position;
    }

    /** Bytes that are not sent yet. */
    public long remaining() {
        return remaining;
    }

    /** Marks bytes as sent. */
    public void advance(long bytes) {
        if (bytes < 0 || bytes > remaining) {
            throw new IllegalArgumentException("cannot advance by " + bytes + ", remaining " + remaining);
        }
        position += bytes;
        remaining -= bytes;
    }

    /** Closes the file. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
