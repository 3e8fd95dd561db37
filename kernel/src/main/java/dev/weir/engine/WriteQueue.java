package dev.weir.engine;

import dev.weir.codec.Output;
import dev.weir.lifecycle.BackpressurePolicy;
import dev.weir.transport.FileRegion;
import dev.weir.transport.Pieces;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.IllegalReferenceCountException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to be sent on one connection, in order: blocks into which small messages are gathered, large buffers by reference, parts of
 * files. Holds no memory while it is empty. Used on the connection's loop.
 *
 * <p>From {@link #keepApart} to {@link #joinTogether} each new message waits by itself, behind the pieces, until they have been sent as
 * far as {@link #READY_BYTES}. So what is offered, pinned or partly sent is among the pieces, and what waits can be taken out.
 */
final class WriteQueue implements Output, Pieces {
    /** Buffers up to this size are copied: gathering them costs less than a piece of their own in a system call. */
    static final int COPY_BYTES = 4 * 1024;

    /** How much a new block holds at least: a turn's worth of small replies. */
    static final int BLOCK_BYTES = 4 * 1024;

    /**
     * What an open file counts as: it is no memory, but a descriptor, of which there are fewer. A peer that asks for files and reads
     * nothing reaches the high watermark of 1 MiB with 64 of them.
     */
    static final int FILE_BYTES = 16 * 1024;

    /** Pieces offered in one send; more gain nothing, and IOV_MAX is 1024. */
    private static final int OFFERED_PIECES = 64;

    /** Bytes that are ready to be offered before a message is made to wait: a socket's usual room. */
    static final int READY_BYTES = 64 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(WriteQueue.class);

    private final ByteBufAllocator allocator;
    private final LentInput lent;
    private final List<Object> pieces = new ArrayList<>(2);
    /** The last piece, while it may grow; null when the last piece is closed. */
    private ByteBuf block;
    /** The block's writer index up to which its bytes are in {@link #bytes}. */
    private int counted;

    private long bytes;
    /** What the buffers hold, sent or not: a block is there as a whole until its last byte is sent. Each part of a file holds {@link #FILE_BYTES}. */
    private long held;

    /** Whole messages behind the pieces; null while messages are not kept apart. */
    private WaitingMessages apart;

    /** True while a message is being written. */
    private boolean inMessage;
    /** What is done since the high watermark was passed; null below it. {@link Writing}'s, but it lasts no longer than bytes wait. */
    private Pressure pressure;
    /** How long bytes have waited. {@link Writing}'s, in the same way. */
    private final Unsent unsent = new Unsent();

    private int markPieces;
    private int markBlock;
    private long markBytes;
    private long markHeld;

    WriteQueue(ByteBufAllocator allocator, LentInput lent) {
        this.allocator = allocator;
        this.lent = lent;
    }

    /** Bytes that wait. */
    long bytes() {
        return bytes;
    }

    /** Bytes of memory that what waits takes; 0 when nothing waits. */
    long memory() {
        return apart == null ? held : held + (long) apart.count() * BackpressurePolicy.MESSAGE_BYTES;
    }

    boolean isEmpty() {
        return bytes == 0;
    }

    /** Begins a message; {@link #commit} or {@link #rollback} ends it. */
    void begin() {
        inMessage = true;
        markPieces = pieces.size();
        markBlock = block == null ? -1 : block.writerIndex();
        markBytes = bytes;
        markHeld = held;
    }

    /** Ends a message. */
    void commit() {
        if (apart == null) {
            inMessage = false;
            settle();
            dropEmptyBlock();
        } else {
            commit(WaitingMessages.MUST_ARRIVE);
        }
    }

    /**
     * Ends a message while messages are kept apart.
     *
     * @param key {@link WaitingMessages#MUST_ARRIVE}, {@link WaitingMessages#DROPPABLE} or that of the messages which it replaces
     * @return true when it has replaced one. When the key's {@code equals} throws, the message is to be taken back
     */
    boolean commit(Object key) {
        closeBlock();
        if (bytes == markBytes) {
            inMessage = false;
            return false;
        }
        List<Object> own = pieces.subList(markPieces, pieces.size());
        var message = new WaitingMessages.Message(own.toArray(), bytes - markBytes, held - markHeld);
        WaitingMessages.Message older = apart.add(message, key);
        inMessage = false;
        own.clear();
        if (older != null) {
            discard(older);
        }
        refill();
        return older != null;
    }

    /** Keeps messages apart from now on. */
    void keepApart() {
        closeBlock();
        apart = new WaitingMessages();
    }

    /** True from {@link #keepApart} to {@link #joinTogether}. */
    boolean keepsApart() {
        return apart != null;
    }

    /** Lets what waits apart follow the rest, and keeps messages apart no longer. */
    void joinTogether() {
        if (apart != null) {
            while (!apart.isEmpty()) {
                append(apart.takeOldest());
            }
            apart = null;
        }
    }

    /** What waits apart and what that costs. */
    WaitingMessages apart() {
        return apart;
    }

    /**
     * Drops the oldest messages that wait and may be dropped, until those that wait cost no more than {@code keep}.
     *
     * @return how many
     */
    int dropOldest(long keep) {
        int dropped = 0;
        while (apart.cost() > keep) {
            WaitingMessages.Message oldest = apart.takeOldestDroppable();
            if (oldest == null) {
                break;
            }
            discard(oldest);
            dropped++;
        }
        return dropped;
    }

    /** Takes back all that was written since {@link #begin}. */
    void rollback() {
        inMessage = false;
        for (int i = pieces.size() - 1; i >= markPieces; i--) {
            free(pieces.remove(i));
        }
        block = null;
        bytes = markBytes;
        held = markHeld;
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
        held += capacity;
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
        held += piece.capacity();
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
        held += FILE_BYTES;
        bytes += region.remaining();
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

    /** True when nothing is in it, and nobody is about to write: another connection may have it. */
    boolean isFree() {
        return bytes == 0 && pieces.isEmpty() && apart == null && pressure == null && !inMessage;
    }

    Pressure pressure() {
        return pressure;
    }

    void pressure(Pressure begins) {
        pressure = begins;
    }

    Unsent unsent() {
        return unsent;
    }

    /** Marks bytes from the front as sent and gives back what they filled. */
    void advance(long sent) {
        long left = sent;
        int done = 0;
        while (left > 0) {
            Object piece = pieces.get(done);
            long here = Math.min(left, remaining(piece));
            skip(piece, here);
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
            held -= memory(pieces.get(i));
            free(pieces.get(i));
        }
        pieces.subList(0, done).clear();
        refill();
    }

    /** Lets nothing more be added to the pieces that are there: a transport is sending from them. */
    void pin() {
        closeBlock();
    }

    /** Drops everything. */
    void clear() {
        pieces.forEach(WriteQueue::free);
        pieces.clear();
        while (apart != null && !apart.isEmpty()) {
            discard(apart.takeOldest());
        }
        block = null;
        bytes = 0;
        held = 0;
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
        if (block != null && apart != null) {
            trimBlock();
        }
        block = null;
    }

    /** A message that waits by itself is not to hold the room of many. */
    private void trimBlock() {
        int length = block.readableBytes();
        held -= block.capacity() - length;
        ByteBuf exact = allocator.directBuffer(length, length).writeBytes(block);
        block.release();
        pieces.set(pieces.size() - 1, exact);
    }

    /** Lets messages that wait follow the pieces, as far as a send may want them. */
    private void refill() {
        while (apart != null
                && !apart.isEmpty()
                && pieces.size() < OFFERED_PIECES
                && bytes - apart.bytes() < READY_BYTES) {
            append(apart.takeOldest());
        }
    }

    private void append(WaitingMessages.Message message) {
        pieces.addAll(Arrays.asList(message.pieces()));
    }

    private void discard(WaitingMessages.Message message) {
        bytes -= message.bytes();
        held -= message.held();
        for (Object piece : message.pieces()) {
            free(piece);
        }
    }

    private void dropEmptyBlock() {
        if (block != null && !block.isReadable()) {
            pieces.removeLast();
            held -= block.capacity();
            block.release();
            block = null;
        }
    }

    private static long remaining(Object piece) {
        return piece instanceof ByteBuf buffer ? buffer.readableBytes() : ((FileRegion) piece).remaining();
    }

    private static long memory(Object piece) {
        return piece instanceof ByteBuf buffer ? buffer.capacity() : FILE_BYTES;
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
