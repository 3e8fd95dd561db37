package dev.weir.engine;

import dev.weir.codec.Output;
import dev.weir.transport.FileRegion;
import dev.weir.transport.Pieces;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.IllegalReferenceCountException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to be sent on one connection, in order: blocks into which small messages are gathered, large buffers by reference, parts of
 * files. Holds no memory while it is empty. Used on the connection's loop.
 */
final class WriteQueue implements Output, Pieces {
    /** Buffers up to this size are copied: gathering them costs less than a piece of their own in a system call. */
    static final int COPY_BYTES = 4 * 1024;

    /** How much a new block holds at least: a turn's worth of small replies. */
    static final int BLOCK_BYTES = 4 * 1024;

    /** Pieces offered in one send; more gain nothing, and IOV_MAX is 1024. */
    private static final int OFFERED_PIECES = 64;

    private static final Logger LOG = LoggerFactory.getLogger(WriteQueue.class);

    private final ByteBufAllocator allocator;
    private final LentInput lent;
    private final List<Object> pieces = new ArrayList<>(2);
    /** The last piece, while it may grow; null when the last piece is closed. */
    private ByteBuf block;
    /** The block's writer index up to which its bytes are in {@link #bytes}. */
    private int counted;

    private long bytes;
    /** Those of {@link #bytes} that are parts of files, and cost no memory. */
    private long fileBytes;

    private int markPieces;
    private int markBlock;
    private long markBytes;
    private long markFileBytes;

    WriteQueue(ByteBufAllocator allocator, LentInput lent) {
        this.allocator = allocator;
        this.lent = lent;
    }

    /** Bytes that wait. */
    long bytes() {
        return bytes;
    }

    /** Bytes that wait in memory: without those of files. */
    long memory() {
        return bytes - fileBytes;
    }

    boolean isEmpty() {
        return bytes == 0;
    }

    /** Begins a message; {@link #commit} or {@link #rollback} ends it. */
    void begin() {
        markPieces = pieces.size();
        markBlock = block == null ? -1 : block.writerIndex();
        markBytes = bytes;
        markFileBytes = fileBytes;
    }

    /** Ends a message. */
    void commit() {
        settle();
        dropEmptyBlock();
    }

    /** Takes back all that was written since {@link #begin}. */
    void rollback() {
        for (int i = pieces.size() - 1; i >= markPieces; i--) {
            free(pieces.remove(i));
        }
        block = null;
        bytes = markBytes;
        fileBytes = markFileBytes;
        if (markBlock >= 0) {
            block = (ByteBuf) pieces.getLast();
            block.writerIndex(markBlock);
            counted = markBlock;
        }
    }

    @Override
    public ByteBuf block(int room) {
        if (block != null && block.writableBytes() >= room) {
            settle();
            return block;
        }
        closeBlock();
        int capacity = Math.max(room, BLOCK_BYTES);
        block = allocator.directBuffer(capacity, capacity);
        counted = 0;
        pieces.add(block);
        return block;
    }

    @Override
    public void write(ByteBuf piece) {
        int length = piece.readableBytes();
        if (length == 0) {
            piece.release();
            return;
        }
        if (length <= COPY_BYTES || lent.mayShare(piece)) {
            try {
                block(length).writeBytes(piece);
                settle();
            } finally {
                piece.release();
            }
            return;
        }
        closeBlock();
        pieces.add(piece);
        bytes += length;
    }

    @Override
    public void write(FileRegion region) {
        closeBlock();
        if (region.remaining() == 0) {
            free(region);
            return;
        }
        pieces.add(region);
        bytes += region.remaining();
        fileBytes += region.remaining();
    }

    /** Bytes of the pieces that a send is offered now. */
    long offered() {
        long offer = 0;
        for (int i = 0; i < count(); i++) {
            offer += remaining(pieces.get(i));
        }
        return offer;
    }

    /** True when a part of a file is among what is offered: a transport may take what stands before it alone. */
    boolean offersFile() {
        for (int i = 0; i < count(); i++) {
            if (pieces.get(i) instanceof FileRegion) {
                return true;
            }
        }
        return false;
    }

    /** Marks bytes from the front as sent and gives back what they filled. */
    void advance(long sent) {
        long left = sent;
        int done = 0;
        while (left > 0) {
            Object piece = pieces.get(done);
            long here = Math.min(left, remaining(piece));
            skip(piece, here);
            fileBytes -= piece instanceof FileRegion ? here : 0;
            left -= here;
            if (remaining(piece) > 0) {
                break;
            }
            done++;
        }
        bytes -= sent;
        for (int i = 0; i < done; i++) {
            if (pieces.get(i) == block) {
                block = null;
            }
            free(pieces.get(i));
        }
        pieces.subList(0, done).clear();
    }

    /** Lets nothing more be added to the pieces that are there: a transport is sending from them. */
    void pin() {
        closeBlock();
    }

    /** Drops everything. */
    void clear() {
        pieces.forEach(WriteQueue::free);
        pieces.clear();
        block = null;
        bytes = 0;
        fileBytes = 0;
    }

    @Override
    public int count() {
        return Math.min(pieces.size(), OFFERED_PIECES);
    }

    @Override
    public ByteBuf bytes(int index) {
        return pieces.get(index) instanceof ByteBuf piece ? piece : null;
    }

    @Override
    public FileRegion file(int index) {
        return pieces.get(index) instanceof FileRegion region ? region : null;
    }

    private void settle() {
        if (block != null) {
            bytes += block.writerIndex() - counted;
            counted = block.writerIndex();
        }
    }

    private void closeBlock() {
        settle();
        dropEmptyBlock();
        block = null;
    }

    private void dropEmptyBlock() {
        if (block != null && !block.isReadable()) {
            pieces.removeLast();
            block.release();
            block = null;
        }
    }

    private static long remaining(Object piece) {
        return piece instanceof ByteBuf buffer ? buffer.readableBytes() : ((FileRegion) piece).remaining();
    }

    private static void skip(Object piece, long count) {
        if (piece instanceof ByteBuf buffer) {
            buffer.skipBytes((int) count);
        } else {
            ((FileRegion) piece).advance(count);
        }
    }

    private static void free(Object piece) {
        try {
            if (piece instanceof ByteBuf buffer) {
                buffer.release();
            } else {
                ((FileRegion) piece).close();
            }
        } catch (IllegalReferenceCountException e) {
            LOG.error("a buffer that was given to be sent has been released by another", e);
        } catch (IOException e) {
            LOG.warn("closing a file that was sent failed: {}", e.toString());
        }
    }
}
