package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.fault.Errno;
import dev.weir.transport.Interest;
import dev.weir.transport.ListeningSocket;
import dev.weir.transport.SocketOption;
import dev.weir.transport.StreamSocket;
import dev.weir.transport.Transport;
import dev.weir.transport.TransportException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** Laws that every transport keeps, whatever is done with its sockets. */
public abstract class TransportLaws {
    private static final Set<Errno> LOST = Set.of(Errno.ECONNRESET, Errno.EPIPE, Errno.ENOTCONN, Errno.EBADF);

    /** For subclasses. */
    protected TransportLaws() {}

    /** The transport under test. */
    protected abstract Transport transport();

    /** Descriptors that the transport has open: those of this process, unless it counts its own. */
    protected long openDescriptors() throws IOException {
        return Descriptors.open();
    }

    @Property(tries = 100)
    void everyByteArrivesOnceAndInOrder(
            @ForAll("pieces") List<PieceStream.Piece> pieces,
            @ForAll @IntRange(min = 1, max = 70_000) int wantedRoom,
            @ForAll boolean smallSendBuffer)
            throws IOException {
        try (Wire wire = new Wire(transport());
                PieceStream stream = new PieceStream(pieces)) {
            // Not byte by byte through a megabyte.
            int room = Math.max(wantedRoom, stream.content().length / 1000);
            Wire.Pair pair = wire.connect();
            if (smallSendBuffer && transport().capabilities().streamOptions().contains(SocketOption.SEND_BUFFER)) {
                pair.client().socket().option(SocketOption.SEND_BUFFER, 4096);
            }
            pair.server().socket().interest(Interest.READ);
            for (PieceList send = stream.next(); send != null; send = stream.next()) {
                sendWhole(send, pair, room);
            }
            pair.client().socket().shutdownOutput();
            wire.until("the end arrives", () -> {
                pair.server().receiveReported(room);
                return pair.server().ends() > 0;
            });
            assertThat(Arrays.equals(pair.server().received(), stream.content()))
                    .as("the bytes received are the bytes sent")
                    .isTrue();
        }
    }

    private static void sendWhole(PieceList send, Wire.Pair pair, int room) throws TransportException {
        while (send.remaining() > 0) {
            send.advance(pair.client().send(send, () -> pair.server().receiveReported(room)));
            if (send.remaining() > 0) {
                pair.client().awaitRoom(() -> pair.server().receiveReported(room));
            }
        }
    }

    @Provide
    Arbitrary<List<PieceStream.Piece>> pieces() {
        Arbitrary<Integer> lengths = Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.integers().between(0, 100)),
                Tuple.of(1, Arbitraries.integers().between(100, 100_000)));
        return Combinators.combine(Arbitraries.of(PieceStream.Form.class), lengths, Arbitraries.of(true, false, false))
                .as(PieceStream.Piece::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(30);
    }

    /** What may be done with one end of a connection. */
    enum Act {
        SEND,
        SEND_MUCH,
        RECEIVE,
        READ_ON,
        READ_OFF,
        WRITE_ON,
        HALF_CLOSE,
        CLOSE,
        ABORT,
        TURN
    }

    /** One act, on one of the ends. */
    record Step(int end, Act act) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(Arbitraries.integers().between(0, 3), Arbitraries.of(Act.class))
                .as(Step::new)
                .list()
                .ofMaxSize(40);
    }

    @Property
    void whateverIsDoneDescriptorsComeBackAndWhatArrivesWasSent(@ForAll("steps") List<Step> steps) throws Exception {
        try (Wire first = new Wire(transport())) {
            // What a platform opens once and keeps is open after this.
            first.connect().client().socket().abort();
        }
        long descriptors = openDescriptors();
        Play play;
        try (Wire wire = new Wire(transport())) {
            play = new Play(wire);
            for (Step step : steps) {
                play.play(step);
            }
        }
        play.freeAll();
        assertThat(openDescriptors()).as("open descriptors").isEqualTo(descriptors);
    }

    /** Two connections and what was done with them. Byte number n of a direction is n itself, cut to eight bits. */
    private static final class Play {
        private final Wire wire;
        private final List<End> ends;
        private final int[] sent = new int[4];
        /** What a transport sends on its own, by end; null where nothing is pending. */
        private final ByteBuf[] pending = new ByteBuf[4];

        private final Set<End> closed = new HashSet<>();

        Play(Wire wire) throws TransportException {
            this.wire = wire;
            try (ListeningSocket listener = wire.listen(Wire.loopback())) {
                Wire.Pair one = wire.connect(listener);
                Wire.Pair two = wire.connect(listener);
                this.ends = List.of(one.client(), one.server(), two.client(), two.server());
            }
            wire.onReport(new Wire.Silent() {
                @Override
                public void sent(long token, long bytes) {
                    for (int i = 0; i < ends.size(); i++) {
                        if (ends.get(i).token() == token) {
                            sent[i] += (int) bytes;
                            free(i);
                        }
                    }
                }
            });
        }

        /** To be called once the sockets are closed. */
        void freeAll() {
            for (int i = 0; i < pending.length; i++) {
                free(i);
            }
        }

        private void free(int index) {
            if (pending[index] != null) {
                pending[index].release();
                pending[index] = null;
            }
        }

        void play(Step step) throws TransportException {
            End end = ends.get(step.end());
            try {
                act(step.end(), end, step.act());
            } catch (TransportException e) {
                assertThat(e.errno()).isIn(LOST);
                assertThat(e.errno() == Errno.EBADF).isEqualTo(closed.contains(end));
            }
            byte[] received = end.received();
            int writer = step.end() ^ 1;
            int most = sent[writer] + (pending[writer] == null ? 0 : pending[writer].readableBytes());
            assertThat(received.length).isLessThanOrEqualTo(most);
            for (int i = 0; i < received.length; i++) {
                if (received[i] != (byte) i) {
                    throw new AssertionError("byte " + i + " is " + received[i]);
                }
            }
        }

        private void act(int index, End end, Act act) throws TransportException {
            switch (act) {
                case SEND -> send(index, end, 10);
                case SEND_MUCH -> send(index, end, 500_000);
                case RECEIVE -> end.receive(100_000);
                case READ_ON -> end.socket().interest(Interest.READ);
                case READ_OFF -> end.socket().interest(Interest.NONE);
                case WRITE_ON -> end.socket().interest(Interest.READ | Interest.WRITE);
                case HALF_CLOSE -> {
                    if (pending[index] == null) {
                        end.socket().shutdownOutput();
                    }
                }
                case CLOSE -> {
                    closed.add(end);
                    end.socket().close();
                }
                case ABORT -> {
                    closed.add(end);
                    end.socket().abort();
                }
                case TURN -> turn();
            }
        }

        private void send(int index, End end, int count) throws TransportException {
            if (pending[index] != null) {
                return;
            }
            byte[] bytes = new byte[count];
            for (int i = 0; i < count; i++) {
                bytes[i] = (byte) (sent[index] + i);
            }
            // In one call: the leak detector records a stack for each.
            ByteBuf buffer = Unpooled.directBuffer(count).writeBytes(bytes);
            pending[index] = buffer;
            long taken = StreamSocket.WOULD_BLOCK;
            try {
                taken = end.socket().send(PieceList.of(buffer));
            } finally {
                if (taken != StreamSocket.PENDING) {
                    sent[index] += (int) taken;
                    free(index);
                }
            }
        }

        /** Reports of what was closed before the turn are against the rules. */
        private void turn() throws TransportException {
            closed.forEach(end -> wire.take(end.token()));
            wire.turn(0);
            closed.forEach(end -> assertThat(wire.reported(end.token())).isZero());
        }
    }
}
