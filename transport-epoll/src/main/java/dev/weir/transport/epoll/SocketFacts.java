package dev.weir.transport.epoll;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.weir.transport.PeerCredentials;
import dev.weir.transport.TcpInfo;
import dev.weir.transport.TransportException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;

/** What getsockopt(2) tells of a connection in structures. Asked seldom, so each call has memory of its own. */
final class SocketFacts {
    /** Of struct tcp_info (linux/tcp.h) up to the last field that is read; the kernel gives as much of it as it has. */
    static final int TCP_INFO_BYTES = 168;

    static final long TCPI_UNACKED = 24;
    static final long TCPI_RTT = 68;
    static final long TCPI_RTTVAR = 72;
    static final long TCPI_TOTAL_RETRANS = 100;
    static final long TCPI_DELIVERY_RATE = 160;

    /** Size of struct ucred (bits/socket.h): three numbers. */
    static final int UCRED_BYTES = 12;

    private SocketFacts() {}

    static TcpInfo tcpInfo(int fd) throws TransportException {
        try (Arena arena = Arena.ofConfined()) {
            // What an older kernel does not fill in stays 0.
            MemorySegment info = arena.allocate(TCP_INFO_BYTES, Long.BYTES);
            ask(arena, fd, Headers.IPPROTO_TCP, Headers.TCP_INFO, info);
            return new TcpInfo(
                    microseconds(info, TCPI_RTT),
                    microseconds(info, TCPI_RTTVAR),
                    Integer.toUnsignedLong(info.get(JAVA_INT, TCPI_TOTAL_RETRANS)),
                    Integer.toUnsignedLong(info.get(JAVA_INT, TCPI_UNACKED)),
                    info.get(JAVA_LONG, TCPI_DELIVERY_RATE));
        }
    }

    static PeerCredentials peerCredentials(int fd) throws TransportException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment ucred = arena.allocate(UCRED_BYTES, Integer.BYTES);
            ask(arena, fd, Headers.SOL_SOCKET, Headers.SO_PEERCRED, ucred);
            return new PeerCredentials(ucred.get(JAVA_INT, 0), ucred.get(JAVA_INT, 4), ucred.get(JAVA_INT, 8));
        }
    }

    private static Duration microseconds(MemorySegment info, long offset) {
        return Duration.ofNanos(Integer.toUnsignedLong(info.get(JAVA_INT, offset)) * 1000);
    }

    private static void ask(Arena arena, int fd, int level, int name, MemorySegment into) throws TransportException {
        MemorySegment length = arena.allocateFrom(JAVA_INT, (int) into.byteSize());
        int result = Libc.getsockopt(arena.allocate(Libc.ERRNO), fd, level, name, into.address(), length.address());
        if (result < 0) {
            throw Failures.of("cannot ask the system about a connection", "", result);
        }
    }
}
