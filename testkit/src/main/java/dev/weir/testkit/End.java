package dev.weir.testkit;

import dev.weir.transport.Interest;
import dev.weir.transport.Pieces;
import dev.weir.transport.Readiness;
import dev.weir.transport.ReceiveBuffer;
import dev.weir.transport.StreamSocket;
import dev.weir.transport.TransportException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;

/**
 * One end of a connection on a {@link Wire}: its socket, its token and the bytes that it has received. Reads and writes by the
 * rules that hold for every transport, edge-triggered ones included.
 */
public final class End {
    private static final int ROOM = 64 * 1024;

    private final long token;
    private final StreamSocket socket;
    private final Wire wire;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private int ends;
    private boolean lent;

    End(Wire wire, long token, StreamSocket socket) {
        this.wire = wire;
        this.token = token;
        this.socket = socket;
    }

    /** The token under which it is registered. */
    public long token() {
        return token;
    }

    /** The transport's socket. */
    public StreamSocket socket() {
        return socket;
    }

    /** All bytes received so far. */
    public byte[] received() {
        return received.toByteArray();
    }

    /** How often the end of input was received. */
    public int ends() {
        return ends;
    }

    /** One receive into a buffer of {@code room} bytes; answers as the socket does. */
    public int receive(int room) throws TransportException {
        ReceiveBuffer into = new ReceiveBuffer(Unpooled.directBuffer(room, room));
        try {
            int bytes = socket.receive(into);
            lent = into.isLent();
            if (bytes == StreamSocket.END_OF_INPUT) {
                ends++;
            } else if (bytes > 0) {
                byte[] got = new byte[bytes];
                into.received().readBytes(got);
                received.writeBytes(got);
            }
            return bytes;
        } finally {
            into.clear();
            into.space().release();
        }
    }

    /** What a loop does on a report: receives until a short read, or to the end where no further event will come. */
    public void receiveReported(int room) throws TransportException {
        int readiness = wire.take(token);
        int bytes = readiness == 0 ? 0 : room;
        boolean toEnd = Readiness.readToEnd(readiness);
        while (ends == 0 && (bytes == room || (bytes > 0 && (toEnd || lent)) || socket.holdsInput())) {
            bytes = receive(room);
        }
    }

    /** Receives, on reports alone, until so many bytes or the end have come. */
    public void receiveUntil(int count) throws TransportException {
        socket.interest(Interest.READ);
        wire.until(count + " bytes arrive", () -> {
            receiveReported(ROOM);
            return received.size() >= count || ends > 0;
        });
    }

    /** Receives, on reports alone, until the end of input. */
    public void receiveToEnd() throws TransportException {
        receiveUntil(Integer.MAX_VALUE);
    }

    /** One send of bytes; answers how many were taken. */
    public long send(byte... bytes) throws TransportException {
        return send(bytes, 0, bytes.length);
    }

    private long send(byte[] bytes, int from, int count) throws TransportException {
        ByteBuf buffer = Unpooled.directBuffer(count).writeBytes(bytes, from, count);
        try {
            return send(PieceList.of(buffer));
        } finally {
            buffer.release();
        }
    }

    /** One send; where the transport answers that it is pending, waits for the bytes that it reports. */
    public long send(Pieces pieces) throws TransportException {
        return send(pieces, () -> {});
    }

    /** As {@link #send(Pieces)}, doing something each turn while the send is pending. */
    public long send(Pieces pieces, Wire.Call eachTurn) throws TransportException {
        long taken = socket.send(pieces);
        if (taken != StreamSocket.PENDING) {
            return taken;
        }
        long[] told = {-1};
        wire.onReport(new Wire.Silent() {
            @Override
            public void sent(long who, long bytes) {
                told[0] = who == token ? bytes : told[0];
            }
        });
        wire.until("a pending send is reported", () -> {
            eachTurn.run();
            return told[0] >= 0;
        });
        wire.onReport(new Wire.Silent());
        return told[0];
    }

    /** Sends bytes until the socket has room for no more; answers how many were taken. */
    public int fill() throws TransportException {
        byte[] block = new byte[ROOM];
        int sent = 0;
        long taken = ROOM;
        while (taken == ROOM) {
            taken = send(block);
            sent += (int) taken;
        }
        return sent;
    }

    /** Sends all bytes while {@code reader} receives; asks for writability only when the socket is full. */
    public void sendAll(byte[] bytes, End reader) throws TransportException {
        reader.socket().interest(Interest.READ);
        int sent = 0;
        while (sent < bytes.length) {
            sent += (int) send(bytes, sent, Math.min(bytes.length - sent, 1024 * 1024));
            if (sent < bytes.length) {
                awaitRoom(() -> reader.receiveReported(ROOM));
            }
        }
    }

    /** Waits for room in the send buffer, doing something each turn; leaves the interest empty. */
    public void awaitRoom(Wire.Call eachTurn) throws TransportException {
        wire.take(token);
        socket.interest(Interest.WRITE);
        wire.until("the socket has room again", () -> {
            eachTurn.run();
            return wire.wasReported(token, Readiness.WRITABLE);
        });
        socket.interest(Interest.NONE);
    }
}
