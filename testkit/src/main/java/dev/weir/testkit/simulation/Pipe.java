package dev.weir.testkit.simulation;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * One direction of a connection: the writer's send buffer and the reader's receive buffer, one behind the other. What the receive
 * buffer has no room for has not arrived.
 */
final class Pipe {
    private final ByteBuf bytes = Unpooled.buffer();
    private int sendBytes;
    private int receiveBytes;
    private int arrived;
    private boolean delayed;
    private boolean ended;

    Pipe(int sendBytes, int receiveBytes) {
        this.sendBytes = sendBytes;
        this.receiveBytes = receiveBytes;
    }

    void sendBuffer(int size) {
        sendBytes = size;
    }

    void receiveBuffer(int size) {
        receiveBytes = size;
    }

    /** How many bytes can be written now. */
    int room() {
        return Math.max(0, sendBytes + receiveBytes - bytes.readableBytes());
    }

    /** Writes bytes for which there is room. */
    void write(ByteBuf from, int index, int count) {
        bytes.writeBytes(from, index, count);
        flow();
    }

    /** The writer's end: it arrives after all bytes. */
    void end() {
        ended = true;
    }

    /** How many bytes can be read now. */
    int arrived() {
        return arrived;
    }

    /** Reads bytes that have arrived. */
    void read(ByteBuf into, int count) {
        into.writeBytes(bytes, count);
        arrived -= count;
        if (bytes.isReadable()) {
            bytes.discardSomeReadBytes();
        } else {
            bytes.clear();
        }
        flow();
    }

    /** Lets nothing arrive beyond the next {@code count} bytes, until {@link #arrive}. */
    void delayBeyond(int count) {
        arrived = count;
        delayed = true;
    }

    /** What was delayed arrives. */
    void arrive() {
        delayed = false;
        flow();
    }

    /** True when the end has arrived, perhaps behind bytes that are not read yet. */
    boolean endArrived() {
        return ended && !delayed && arrived == bytes.readableBytes();
    }

    /** True when there are bytes that were not read, wherever they are. */
    boolean hasBytes() {
        return bytes.isReadable();
    }

    /** A reset overtakes what has not arrived, and the end. */
    void cut() {
        bytes.writerIndex(bytes.readerIndex() + arrived);
        ended = false;
        delayed = false;
    }

    private void flow() {
        if (!delayed) {
            arrived = Math.max(arrived, Math.min(bytes.readableBytes(), receiveBytes));
        }
    }
}
