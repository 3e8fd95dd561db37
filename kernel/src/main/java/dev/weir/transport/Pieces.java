package dev.weir.transport;

import io.netty.buffer.ByteBuf;

/** What a {@link StreamSocket#send} is offered: pieces in order, each either bytes or a part of a file. Valid during the call. */
public interface Pieces {

    /** How many pieces there are; at least one. */
    int count();

    /** The bytes of a piece, from its reader to its writer index; null when the piece is a file region. */
    ByteBuf bytes(int index);

    /** The file region of a piece; null when the piece is bytes. */
    FileRegion file(int index);
}
