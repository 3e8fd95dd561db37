package dev.weir.testkit;

import dev.weir.transport.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The states of TCP sockets as the kernel shows them in {@code /proc/net/tcp} (proc_net_tcp.txt), of this network namespace. Linux. */
public final class TcpStates {
    /** A socket for IPv6 is in the second, also where it speaks to an IPv4 address. */
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

    private TcpStates() {}

    /** States by the numbers of the kernel's {@code tcp_states.h}. */
    public enum State {
        /** Open both ways. */
        ESTABLISHED("01"),
        /** This end has ended its half, and the peer knows. */
        FIN_WAIT2("05"),
        /** Over, and waiting for late segments. */
        TIME_WAIT("06"),
        /** The peer has ended its half. */
        CLOSE_WAIT("08");

        private final String code;

        State(String code) {
            this.code = code;
        }
    }

    /** How many sockets with this local port are in a state; where a connection is within one host, each end is a socket. */
    public static long ofLocal(Endpoint local, State state) {
        return count(1, local, state);
    }

    /** How many sockets whose peer has this port are in a state. */
    public static long ofRemote(Endpoint remote, State state) {
        return count(2, remote, state);
    }

    private static long count(int column, Endpoint address, State state) {
        return TABLES.stream()
                .filter(Files::exists)
                .mapToLong(table -> count(table, column, address, state))
                .sum();
    }

    private static long count(Path table, int column, Endpoint address, State state) {
        String port = String.format(":%04X", ((Endpoint.Inet) address).address().getPort());
        try (Stream<String> lines = Files.lines(table)) {
            return lines.map(line -> List.of(line.strip().split("\\s+")))
                    .filter(fields -> fields.size() > 3 && fields.get(column).endsWith(port))
                    .filter(fields -> fields.get(3).equals(state.code))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
