package dev.weir.engine;

import dev.weir.codec.Output;
import dev.weir.lifecycle.BackpressurePolicy;
import dev.weir.transport.FileRegion;
import dev.weir.transport.Pieces;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.IllegalReferenceCountException;
import java.io.IOException;
import java.nio.ByteBuffer;
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

    /**
     * A lent buffer of this size or more is not copied while the socket takes bytes, but offered to it before the call ends in which
     * it is valid.
     */
    static final int BORROWED_BYTES = 16 * 1024;

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
    private final Blocks blocks;
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
    /** True while a large lent buffer may stand among the pieces as it is: it will be offered before its call ends. */
    private boolean mayBorrow;
    /** True when one does. */
    private boolean borrows;
    /** What is done since the high watermark was passed; null below it. {@link Writing}'s, but it lasts no longer than bytes wait. */
    private Pressure pressure;
    /** How long bytes have waited. {@link Writing}'s, in the same way. */
    private final Unsent unsent = new Unsent();

    /** What {@link QueuedBytes} has been told that it takes. {@link Writing}'s. */
    private long told;

    private int markPieces;
    private int markBlock;
    private long markBytes;
    private long markHeld;

    WriteQueue(ByteBufAllocator allocator, LentInput lent, Blocks blocks) {
        this.allocator = allocator;
        this.lent = lent;
        this.blocks = blocks;
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

    /**
     * Begins a message; {@link #commit} or {@link #rollback} ends it.
     *
     * @param mayBorrow whether the caller will offer the pieces at once, and then call {@link #keepBorrowed}
     */
    void begin(boolean mayBorrow) {
        inMessage = true;
        this.mayBorrow = mayBorrow && apart == null;
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

    /** True when a buffer stands among the pieces that is valid only for as long as the present call lasts. */
    boolean borrows() {
        return borrows;
    }

    /** The present call ends: what is left of a lent buffer is copied. */
    void keepBorrowed() {
        borrows = false;
        for (int i = 0; i < pieces.size(); i++) {
            if (pieces.get(i) instanceof ByteBuf piece && piece != block && lent.mayShare(piece)) {
                int length = piece.readableBytes();
                held += length - piece.capacity();
                pieces.set(i, allocator.directBuffer(length, length).writeBytes(piece));
                free(piece);
            }
        }
    }

    /** Takes back all that was written since {@link #begin}. */
    void rollback() {
        inMessage = false;
        borrows = false;
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
        block = blocks.take(allocator, room);
        counted = 0;
        held += block.capacity();
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
        boolean isLent = lent.mayShare(piece);
        if (isLent && mayBorrow && length >= BORROWED_BYTES) {
            borrows = true;
            // Its own indexes: whoever lent it may send it to others, too.
            add(piece.duplicate(), length);
        } else if (isLent || length <= COPY_BYTES) {
            copy(piece, length, isLent);
        } else {
            add(piece, length);
        }
    }

    private void add(ByteBuf piece, int length) {
        closeBlock();
        pieces.add(piece);
        held += piece.capacity();
        bytes += length;
    }

    private void copy(ByteBuf piece, int length, boolean isLent) {
        try {
            ByteBuf into = block(length);
            ByteBuffer view = isLent ? lent.view(piece, length) : null;
            if (view == null) {
                into.writeBytes(piece, piece.readerIndex(), length);
            } else {
                int at = into.writerIndex();
                into.internalNioBuffer(at, length).put(view);
                into.writerIndex(at + length);
            }
            settle();
        } finally {
            piece.release();
        }
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

    /** What has been told that it takes. */
    long told() {
        return told;
    }

    void told(long now) {
        told = now;
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
        if (done == pieces.size()) {
            pieces.clear();
        } else {
            pieces.subList(0, done).clear();
        }
        refill();
    }

    /** Lets nothing more be added to the pieces that are there: a transport is sending from them. */
    void pin() {
        closeBlock();
    }

    /** Drops everything. */
    void clear() {
        ByteBuf open = inMessage ? block : null;
        for (Object piece : pieces) {
            if (piece != open) {
                free(piece);
            }
        }
        pieces.clear();
        while (apart != null && !apart.isEmpty()) {
            discard(apart.takeOldest());
        }
        block = null;
        borrows = false;
        bytes = 0;
        held = 0;
        if (open != null) {
            // Who writes the message may write on, and nobody else is to have his block.
            block = open.clear();
            counted = 0;
            pieces.add(open);
            held = open.capacity();
        }
        if (inMessage) {
            markPieces = 0;
            markBlock = -1;
            markBytes = 0;
            markHeld = 0;
        }
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
        blocks.giveBack(block);
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
            blocks.giveBack(block);
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

    private void free(Object piece) {
        try {
            if (piece instanceof ByteBuf buffer) {
                // A buffer that is no block goes back to whoever it came from.
                blocks.giveBack(buffer);
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
