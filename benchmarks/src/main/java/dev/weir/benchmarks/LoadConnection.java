package dev.weir.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One of the load's connections: sends a batch of its script, checks the answer, sends the next. */
final class LoadConnection {
    private final Workload workload;
    private final InetSocketAddress server;
    private final Selector selector;
    private final Script script;
    private final ReplyCheck check;

    private SocketChannel channel;
    private SelectionKey key;
    private long batch;
    private ByteBuffer request;
    private long sentNanos;

    /** Opens the connection, and sends nothing yet. */
    LoadConnection(Workload workload, int number, byte[] httpAnswer, InetSocketAddress server, Selector selector)
            throws IOException {
        this.workload = workload;
        this.server = server;
        this.selector = selector;
        this.script = new Script(workload, number, httpAnswer);
        this.check =
                new ReplyCheck("connection " + number, workload.wire() == Wire.HTTP ? HttpAnswer.ANY : ReplyCheck.NONE);
        this.request = script.request(0);
        open();
    }

    /** Sends the first batch. */
    void start() throws IOException {
        send(System.nanoTime());
    }

    /**
     * Goes on where the socket is ready.
     *
     * @param received a buffer for what comes in, shared by all connections
     * @return the nanoseconds that a batch took, from before its sending, or -1 when none was completed
     */
    long ready(ByteBuffer received) throws IOException {
        if (request.hasRemaining()) {
            write();
        }
        int count = channel.read(received.clear());
        if (count < 0) {
            throw new EOFException("the server has ended a connection that waits for an answer");
        }
        if (count == 0 || !check.accept(received.flip())) {
            return -1;
        }
        long now = System.nanoTime();
        long took = now - sentNanos;
        batch++;
        if (workload.connectsEachTime()) {
            channel.close();
            now = System.nanoTime();
            open();
        }
        send(now);
        return took;
    }

    void close() throws IOException {
        channel.close();
    }

    /** Blocking: on loopback a connection is there as soon as the system has queued it for the server. */
    private void open() throws IOException {
        channel = SocketChannel.open(server);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    private void send(long now) throws IOException {
        sentNanos = now;
        request = script.request(batch);
        check.expect(script.reply(batch));
        write();
    }

    private void write() throws IOException {
        channel.write(request);
        int interest = request.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
        if (key.interestOps() != interest) {
            key.interestOps(interest);
        }
    }
}
