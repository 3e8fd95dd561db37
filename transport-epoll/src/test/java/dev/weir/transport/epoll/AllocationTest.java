package dev.weir.transport.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testkit.Allocations;
import dev.weir.testkit.PieceList;
import dev.weir.testkit.ProductionJvm;
import dev.weir.testkit.Wire;
import dev.weir.transport.Interest;
import dev.weir.transport.Poller;
import dev.weir.transport.ReceiveBuffer;
import dev.weir.transport.StreamSocket;
import dev.weir.transport.TransportException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledDirectByteBuf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A poll, a receive and a send cost no allocation once they are compiled as in production, which removes what the linker of native
 * calls makes.
 */
class AllocationTest {
    private static final int ROUNDS = 20_000;

    @ParameterizedTest
    @EnumSource
    void aRoundTripCostsNothing(Trigger trigger) throws Exception {
        assertThat(ProductionJvm.run(AllocationTest.class, trigger.name())).endsWith("0");
    }

    /** Says how many bytes a round has cost. */
    public static void main(String[] args) throws Exception {
        try (Wire wire = new Wire(new EpollTransport(Trigger.valueOf(args[0])))) {
            Echo echo = new Echo(wire.poller(), wire.connect());
            System.out.println(Allocations.whenWarm(ROUNDS, 0, () -> {
                long before = Allocations.bytes();
                echo.rounds();
                return Allocations.bytes() - before;
            }));
            echo.close();
        }
    }

    /** One end sends a byte, the other receives it when it is told so. */
    private static final class Echo extends Wire.Silent {
        private final Poller poller;
        private final StreamSocket client;
        private final StreamSocket server;
        private final ByteBuf one = untracked(1).writeByte(1);
        private final PieceList pieces = PieceList.of(one);
        private final ReceiveBuffer into = new ReceiveBuffer(untracked(64));
        private long received;

        Echo(Poller poller, Wire.Pair pair) throws Exception {
            this.poller = poller;
            this.client = pair.client().socket();
            this.server = pair.server().socket();
            server.interest(Interest.READ);
        }

        /** Not a buffer of the leak detector's, which allocates for each access. */
        private static ByteBuf untracked(int bytes) {
            return new UnpooledDirectByteBuf(UnpooledByteBufAllocator.DEFAULT, bytes, bytes);
        }

        void rounds() throws Exception {
            for (int i = 0; i < ROUNDS; i++) {
                long before = received;
                client.send(pieces);
                while (received == before) {
                    poller.poll(Poller.FOREVER, this);
                }
                poller.poll(1, this);
            }
        }

        @Override
        public void ready(long token, int readiness) {
            try {
                into.space().clear();
                received += Math.max(0, server.receive(into));
            } catch (TransportException e) {
                throw new AssertionError(e);
            }
        }

        void close() {
            one.release();
            into.space().release();
        }
    }
}
