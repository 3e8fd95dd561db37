package dev.weir.transport.nio;

import dev.weir.fault.Errno;
import dev.weir.transport.Endpoint;
import dev.weir.transport.Interest;
import dev.weir.transport.ListeningSocket;
import dev.weir.transport.StreamSocket;
import dev.weir.transport.TransportException;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** A bound socket: a {@link Reservation} until {@link #listen()}, a channel that accepts after it. Owned by one loop. */
final class NioListeningSocket implements ListeningSocket {
    private final NioPoller poller;
    private final Reservation reservation;
    private ServerSocketChannel channel;
    private Registration registration;
    private boolean closed;

    NioListeningSocket(NioPoller poller, Reservation reservation) {
        this.poller = poller;
        this.reservation = reservation;
    }

    @Override
    public void listen() throws TransportException {
        if (channel != null) {
            throw new IllegalStateException(localAddress() + " listens already");
        }
        channel = reservation.listen();
    }

    @Override
    public Endpoint localAddress() {
        return reservation.address();
    }

    void register(long token, int interest) throws TransportException {
        registration = poller.add(listening(), token);
        interest(interest);
    }

    @Override
    public StreamSocket accept() throws TransportException {
        try {
            SocketChannel accepted = listening().accept();
            return accepted == null ? null : NioStreamSocket.accepted(accepted, localAddress(), poller.writer());
        } catch (IOException e) {
            throw Failures.of("cannot accept on " + localAddress(), e);
        }
    }

    @Override
    public void interest(int interest) throws TransportException {
        if (closed) {
            throw new TransportException(Errno.EBADF, localAddress() + " was closed");
        }
        registration.arm((interest & Interest.READ) != 0 ? SelectionKey.OP_ACCEPT : 0, false);
    }

    /** Unlike a stream socket, it gives its descriptor back at once, so that the address is free and who waits is reset. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        reservation.release();
        if (channel == null) {
            return;
        }
        try {
            channel.close();
        } catch (IOException e) {
            // close(2) gives the descriptor back whatever it answers.
        }
        poller.releaseClosed();
    }

    private ServerSocketChannel listening() {
        if (channel == null) {
            throw new IllegalStateException(localAddress() + " is bound and does not listen yet; call listen() first");
        }
        return channel;
    }
}
