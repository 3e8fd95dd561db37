package dev.weir.strategies;

import dev.weir.lifecycle.LoopChoice;
import dev.weir.lifecycle.Surroundings;
import dev.weir.transport.Endpoint;
import java.util.Optional;
import java.util.function.IntToLongFunction;

/** Gives all connections of one peer address to the same loop, whatever their port and whichever listener took them. */
public final class PeerHash implements LoopChoice {
    /** 2^64 divided by the golden ratio: neighbours in an address range, whose hashes differ in a bit, come far apart (Knuth, 6.4). */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    @Override
    public int choose(Endpoint peer, int acceptedOn, int loops, IntToLongFunction openOnLoop) {
        // Who was gone before its address could be asked for does not stay.
        return peer instanceof Endpoint.Inet(var address) && address.getAddress() != null
                ? loopOf(address.getAddress().hashCode(), loops)
                : acceptedOn;
    }

    private static int loopOf(int hash, int loops) {
        long spread = (hash * SPREAD) >>> 32;
        return (int) ((spread * loops) >>> 32);
    }

    /** Makes one for each listener. */
    public static final class Supplier implements LoopChoice.Supplier {
        @Override
        public LoopChoice create() {
            return new PeerHash();
        }

        @Override
        public Optional<Misfit> misfit(Surroundings surroundings) {
            return surroundings.hasUnixListener()
                    ? Optional.of(new Misfit(
                            "peer-hash goes by the peer's address, and a peer on a Unix domain socket has none.",
                            "Choose another loop-choice, or give the Unix domain socket a server of its own."))
                    : Optional.empty();
        }

        @Override
        public String toString() {
            return "peer-hash";
        }
    }
}
