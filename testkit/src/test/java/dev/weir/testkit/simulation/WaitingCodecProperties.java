package dev.weir.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.protocol.Handler;
import dev.weir.protocol.Session;
import dev.weir.testkit.Peer.Input;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A codec that waits for each reply misses nothing, on a network on which everything may happen. */
class WaitingCodecProperties {

    /** Answers some time later, one request at a time; pauses now and then. */
    private static final class Dawdler implements Handler<ByteBuf> {
        private static final byte NONE = -1;

        private final Session<ByteBuf> session;
        private final Random random;
        private byte asked = NONE;
        private boolean paused;
        private boolean interrupted;

        Dawdler(Session<ByteBuf> session, Random random) {
            this.session = session;
            this.random = random;
        }

        @Override
        public void onMessage(ByteBuf message) {
            interrupted |= asked != NONE;
            asked = message.readByte();
            if (random.nextInt(4) == 0) {
                answer();
            }
        }

        void goOn(boolean mayPause) {
            if (mayPause && random.nextInt(paused ? 3 : 20) == 0) {
                paused = !paused;
                if (paused) {
                    session.pauseReading();
                } else {
                    session.resumeReading();
                }
            }
            if (asked != NONE && random.nextInt(3) == 0) {
                answer();
            }
        }

        private void answer() {
            byte reply = asked;
            asked = NONE;
            session.send(Unpooled.wrappedBuffer(new byte[] {reply}));
        }
    }

    @Property(tries = 200)
    void everyRequestIsAnsweredInItsTurn(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 200) int requests,
            @ForAll @IntRange(min = 1, max = 50) int piece,
            @ForAll boolean endsEarly,
            @ForAll boolean pauses)
            throws Exception {
        Random random = new Random(seed);
        byte[] sent = new byte[requests];
        for (int i = 0; i < requests; i++) {
            sent[i] = (byte) (i % 100);
        }
        Dawdler[] dawdler = new Dawdler[1];
        try (SimulatedServer server = new SimulatedServer(
                new SimulatedTransport(seed),
                session -> {
                    dawdler[0] = new Dawdler(session, random);
                    return dawdler[0];
                },
                "servers.test.codec = turns")) {
            SimulatedPeer peer = server.connectOpen();
            ByteArrayOutputStream got = new ByteArrayOutputStream();
            int[] offered = {0};
            server.until("all is answered", () -> {
                if (offered[0] < requests && random.nextInt(4) == 0) {
                    int more = Math.min(piece, requests - offered[0]);
                    offered[0] += Math.max(0, peer.offer(sent, offered[0], more));
                    if (offered[0] == requests && endsEarly) {
                        peer.halfClose();
                    }
                }
                got.writeBytes(peer.take(10));
                dawdler[0].session.execute(() -> dawdler[0].goOn(pauses));
                return got.size() == requests || peer.input() != Input.OPEN;
            });
            if (!endsEarly) {
                peer.halfClose();
            }
            server.until("the server ends its half", () -> {
                peer.take(1);
                dawdler[0].session.execute(() -> dawdler[0].goOn(pauses));
                return peer.input() != Input.OPEN;
            });
            assertThat(got.toByteArray()).isEqualTo(sent);
            assertThat(dawdler[0].interrupted)
                    .as("a request came before the reply to the last")
                    .isFalse();
            assertThat(peer.input()).isEqualTo(Input.END);
        }
    }
}
