package dev.weir.codec;

import dev.weir.transport.FileRegion;
import io.netty.buffer.ByteBuf;

/**
 * Where an encoder writes. What one {@code encode} writes is kept together; if it throws, all of it is taken back. It is the
 * connection's only for the call: kept and used later it may be another's.
 */
public interface Output {

    /**
     * The block that small pieces are gathered in, with room for at least {@code bytes} more. Write at its writer index and leave
     * the rest of it alone; ask again after each call of another method. Owned by the connection.
     */
    ByteBuf block(int bytes);

    /**
     * Adds the readable bytes of a buffer and takes the buffer; its indexes stay. Small ones are copied at once; a large owned one is
     * queued as it is and released when it was sent. A lent one is copied, too; a large one only once {@code encode} has returned, so
     * its bytes must not be changed before.
     */
    void write(ByteBuf bytes);

    /** Adds a part of a file and takes it; it is closed when it was sent. */
    void write(FileRegion region);
}
