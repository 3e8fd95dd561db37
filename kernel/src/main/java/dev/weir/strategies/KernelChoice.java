package dev.weir.strategies;

import dev.weir.lifecycle.LoopChoice;
import dev.weir.lifecycle.Surroundings;
import dev.weir.transport.Endpoint;
import java.util.Optional;
import java.util.function.IntToLongFunction;

/**
 * Leaves a connection on the loop that took it: with a listening socket for each loop (SO_REUSEPORT, socket(7)) the kernel has chosen,
 * by a hash of the addresses and ports, and nothing is handed from loop to loop.
 */
public final class KernelChoice implements LoopChoice {
    private static final KernelChoice CHOICE = new KernelChoice();

    @Override
    public int choose(Endpoint peer, int acceptedOn, int loops, IntToLongFunction openOnLoop) {
        return acceptedOn;
    }

    /** Gives each listener the same one, which remembers nothing. */
    public static final class Supplier implements LoopChoice.Supplier {
        @Override
        public LoopChoice create() {
            return CHOICE;
        }

        @Override
        public Optional<Misfit> misfit(Surroundings surroundings) {
            if (!surroundings.listenerPerLoop()) {
                return Optional.of(new Misfit(
                        "the kernel can choose only among listening sockets, and all loops share one.",
                        "Set socket.reuse-port = on, or choose another loop-choice."));
            }
            return surroundings.hasUnixListener()
                    ? Optional.of(new Misfit(
                            "the kernel does not spread the connections of a Unix domain socket (SO_REUSEPORT is for TCP).",
                            "Choose another loop-choice, or give the Unix domain socket a server of its own."))
                    : Optional.empty();
        }

        @Override
        public String toString() {
            return "kernel";
        }
    }
}
