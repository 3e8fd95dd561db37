package dev.weir.testkit.holding;

import dev.weir.transport.Endpoint;
import dev.weir.transport.Interest;
import dev.weir.transport.Pieces;
import dev.weir.transport.ReceiveBuffer;
import dev.weir.transport.SocketOption;
import dev.weir.transport.StreamSocket;
import dev.weir.transport.TransportException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Takes what the other socket gives into a buffer of its own, and gives it away in parts. */
final class HoldingSocket implements StreamSocket {
    private static final int TAKEN_AT_ONCE = 16 * 1024;

    private final StreamSocket inner;
    private final HoldingTransport transport;
    private final ByteBuf held = Unpooled.buffer(TAKEN_AT_ONCE);
    private HoldingPoller poller;
    private long token;
    private int interest;
    /** The other socket may have more: it, or an event, has told so since it last had nothing. */
    private boolean more;

    private boolean ended;
    private TransportException failure;
    /** The end or the failure was found, and not given away yet. */
    private boolean untold;

    private boolean waitsForRead;
    private boolean hasReadForSend;
    private boolean closed;

    HoldingSocket(StreamSocket inner, HoldingTransport transport) {
        this.inner = inner;
        this.transport = transport;
    }

    void registered(HoldingPoller by, long itsToken, int itsInterest) {
        poller = by;
        token = itsToken;
        interest = itsInterest;
    }

    StreamSocket inner() {
        return inner;
    }

    long token() {
        return token;
    }

    boolean wantsToWrite() {
        return (interest & Interest.WRITE) != 0;
    }

    boolean waitsForRead() {
        return waitsForRead;
    }

    /** The other socket has news, behind what is held: an edge is not repeated. */
    void announced() {
        more = true;
    }

    /** The read for which a send waits; whatever it finds, the send may go on. */
    void readForSend() {
        waitsForRead = false;
        hasReadForSend = true;
        fill();
    }

    private void fill() {
        if (ended || failure != null) {
            return;
        }
        ReceiveBuffer into = new ReceiveBuffer(Unpooled.directBuffer(TAKEN_AT_ONCE, TAKEN_AT_ONCE));
        try {
            int count = inner.receive(into);
            if (count == END_OF_INPUT) {
                ended = true;
                untold = true;
            } else if (count > 0) {
                held.discardReadBytes().writeBytes(into.received());
            }
            more = count > 0 && (into.isLent() || count == TAKEN_AT_ONCE || inner.holdsInput());
        } catch (TransportException e) {
            failure = e;
            untold = true;
            more = false;
        } finally {
            into.clear();
            into.space().release();
        }
    }

    @Override
    public int receive(ReceiveBuffer into) throws TransportException {
        if (closed) {
            return inner.receive(into);
        }
        if (!held.isReadable()) {
            fill();
        }
        if (held.isReadable()) {
            int count =
                    transport.some(Math.min(held.readableBytes(), into.space().writableBytes()));
            into.space().writeBytes(held, count);
            return count;
        }
        untold = false;
        if (failure != null) {
            throw failure;
        }
        return ended ? END_OF_INPUT : WOULD_BLOCK;
    }

    @Override
    public boolean holdsInput() {
        return !closed && (held.isReadable() || untold || (more && !ended && failure == null));
    }

    @Override
    public long send(Pieces pieces) throws TransportException {
        if (waitsForRead) {
            return WOULD_BLOCK;
        }
        if (!closed && !hasReadForSend && transport.drawReadFirst()) {
            if (transport.flip()) {
                // At once: what this finds, no poll will tell.
                fill();
            } else {
                waitsForRead = true;
                poller.readFor(this);
                return WOULD_BLOCK;
            }
        }
        hasReadForSend = false;
        return inner.send(pieces);
    }

    @Override
    public boolean sendsAtOnce() {
        return inner.sendsAtOnce();
    }

    @Override
    public void shutdownOutput() throws TransportException {
        inner.shutdownOutput();
    }

    @Override
    public boolean finishConnect() throws TransportException {
        return inner.finishConnect();
    }

    @Override
    public void interest(int bits) throws TransportException {
        inner.interest(bits);
        interest = bits;
    }

    @Override
    public <T> void option(SocketOption<T> option, T value) throws TransportException {
        inner.option(option, value);
    }

    @Override
    public <T> T option(SocketOption<T> option) throws TransportException {
        return inner.option(option);
    }

    @Override
    public Endpoint localAddress() {
        return inner.localAddress();
    }

    @Override
    public Endpoint remoteAddress() {
        return inner.remoteAddress();
    }

    @Override
    public void close() {
        end();
        inner.close();
    }

    @Override
    public void abort() {
        end();
        inner.abort();
    }

    private void end() {
        if (closed) {
            return;
        }
        closed = true;
        waitsForRead = false;
        if (poller != null) {
            poller.forget(this);
        }
        held.release();
    }
}
