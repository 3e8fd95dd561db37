package dev.weir.transport;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * A part of an open file that is to be sent. Who takes it closes it.
 */
public final class FileRegion implements AutoCloseable {
    private final FileChannel channel;
    private final Source source;
    private long position;
    private long remaining;

    /**
     * Where a file was opened, for a transport that opens it itself (sendfile(2) needs a descriptor of its own).
     *
     * @param path its path, which may lead to another file by now
     * @param key its file key (device and inode). As long as the region is open no other file can have it
     */
    public record Source(Path path, Object key) {}

    /**
     * @param channel an open file, which this region goes on to own
     * @param position the first byte, from 0
     * @param count how many bytes, 0 or more
     */
    public FileRegion(FileChannel channel, long position, long count) {
        this(channel, position, count, null);
    }

    private FileRegion(FileChannel channel, long position, long count, Source source) {
        if (position < 0 || count < 0) {
            throw new IllegalArgumentException(
                    "a file region needs a position and a count of 0 or more: " + position + ", " + count);
        }
        this.channel = channel;
        this.source = source;
        this.position = position;
        this.remaining = count;
    }

    /**
     * Opens a part of the file at a path. To be preferred: with a path, a transport may send without copying.
     *
     * @param position the first byte, from 0
     * @param count how many bytes, 0 or more
     */
    public static FileRegion open(Path path, long position, long count) throws IOException {
        Object before = key(path);
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        try {
            // Where another file took the path in between, nobody knows which of them was opened.
            boolean isThis = before != null && before.equals(key(path));
            return new FileRegion(channel, position, count, isThis ? new Source(path, before) : null);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static Object key(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    /** Where it was opened; empty when that is not known. */
    public Optional<Source> source() {
        return Optional.ofNullable(source);
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
