package dev.weir.transport.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Constants and layouts against what a C compiler prints of the headers, on x86-64 and, where it differs, on aarch64. */
class HeadersTest {

    @ParameterizedTest
    @CsvSource({
        // sys/epoll.h
        "EPOLL_CLOEXEC, 524288",
        "EPOLL_CTL_ADD, 1",
        "EPOLL_CTL_MOD, 3",
        "EPOLLIN, 1",
        "EPOLLOUT, 4",
        "EPOLLERR, 8",
        "EPOLLHUP, 16",
        "EPOLLRDHUP, 8192",
        "EPOLLET, -2147483648",
        // sys/eventfd.h
        "EFD_CLOEXEC, 524288",
        "EFD_NONBLOCK, 2048",
        // fcntl.h
        "O_RDONLY, 0",
        "EINVAL, 22",
        "EPOLLPRI, 2",
        "O_NOCTTY, 256",
        "O_NONBLOCK, 2048",
        "O_CLOEXEC, 524288",
        // sys/socket.h
        "AF_UNIX, 1",
        "AF_INET, 2",
        "AF_INET6, 10",
        "SOCK_STREAM, 1",
        "SOCK_NONBLOCK, 2048",
        "SOCK_CLOEXEC, 524288",
        "SHUT_WR, 1",
        "MSG_NOSIGNAL, 16384",
        "SOL_SOCKET, 1",
        "SO_REUSEADDR, 2",
        "SO_ERROR, 4",
        "SO_SNDBUF, 7",
        "SO_RCVBUF, 8",
        "SO_KEEPALIVE, 9",
        "SO_LINGER, 13",
        "SO_REUSEPORT, 15",
        "SO_PEERCRED, 17",
        "SO_BUSY_POLL, 46",
        // netinet/in.h
        "IPPROTO_TCP, 6",
        "IPPROTO_IPV6, 41",
        "IPV6_V6ONLY, 26",
        // netinet/tcp.h
        "TCP_NODELAY, 1",
        "TCP_KEEPIDLE, 4",
        "TCP_KEEPINTVL, 5",
        "TCP_KEEPCNT, 6",
        "TCP_DEFER_ACCEPT, 9",
        "TCP_INFO, 11",
        "TCP_QUICKACK, 12",
        "TCP_USER_TIMEOUT, 18",
        "TCP_FASTOPEN, 23",
        "TCP_NOTSENT_LOWAT, 25",
        // errno.h
        "EPERM, 1",
        "EINTR, 4",
        "EAGAIN, 11",
        "ENOSYS, 38",
        "EAFNOSUPPORT, 97",
        "ENOTCONN, 107",
        "EINPROGRESS, 115",
    })
    void aConstantHasTheValueOfItsHeader(String name, int value) throws ReflectiveOperationException {
        assertThat(Headers.class.getDeclaredField(name).getInt(null)).isEqualTo(value);
    }

    /** offsetof of struct tcp_info (linux/tcp.h) and sizeof of struct ucred (bits/socket.h); the same on both architectures. */
    @Test
    void theFieldsOfAnswersAreWhereTheHeadersHaveThem() {
        assertThat(SocketFacts.TCPI_UNACKED).isEqualTo(24);
        assertThat(SocketFacts.TCPI_RTT).isEqualTo(68);
        assertThat(SocketFacts.TCPI_RTTVAR).isEqualTo(72);
        assertThat(SocketFacts.TCPI_TOTAL_RETRANS).isEqualTo(100);
        assertThat(SocketFacts.TCPI_DELIVERY_RATE).isEqualTo(160);
        assertThat(SocketFacts.TCP_INFO_BYTES).isEqualTo(160 + Long.BYTES);
        assertThat(SocketFacts.UCRED_BYTES).isEqualTo(12);
    }

    @Test
    void noConstantIsLeftOut() throws ReflectiveOperationException {
        CsvSource table = HeadersTest.class
                .getDeclaredMethod("aConstantHasTheValueOfItsHeader", String.class, int.class)
                .getAnnotation(CsvSource.class);
        assertThat(Arrays.stream(table.value()).map(row -> row.split(",", -1)[0]))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Headers.class.getDeclaredFields())
                        .map(Field::getName)
                        .toList());
    }

    @Test
    void anEpollEventIsPackedOnX86Alone() {
        // sys/epoll.h: sizeof(struct epoll_event), offsetof(struct epoll_event, data); EPOLL_PACKED in
        // linux/eventpoll.h
        assertThat(Machine.of("amd64")).contains(new Machine(12, 4, 45, 44));
        assertThat(Machine.of("x86_64")).contains(new Machine(12, 4, 45, 44));
        assertThat(Machine.of("aarch64")).contains(new Machine(16, 8, 207, 206));
        assertThat(Machine.of("riscv64")).isEmpty();
    }

    @Test
    void structuresHaveTheOffsetsOfTheirHeaders() {
        // netinet/in.h: sizeof(struct sockaddr_in), sin_port, sin_addr
        assertThat(SocketAddresses.SOCKADDR_IN_BYTES).isEqualTo(16);
        assertThat(SocketAddresses.PORT).isEqualTo(2);
        assertThat(SocketAddresses.IN_ADDRESS).isEqualTo(4);
        // netinet/in.h: sizeof(struct sockaddr_in6), sin6_addr, sin6_scope_id
        assertThat(SocketAddresses.SOCKADDR_IN6_BYTES).isEqualTo(28);
        assertThat(SocketAddresses.IN6_ADDRESS).isEqualTo(8);
        assertThat(SocketAddresses.IN6_SCOPE).isEqualTo(24);
        // sys/un.h: sun_path, sizeof(sun_path)
        assertThat(SocketAddresses.SUN_PATH).isEqualTo(2);
        assertThat(SocketAddresses.SUN_PATH_BYTES).isEqualTo(108);
        // bits/socket.h: sizeof(struct sockaddr_storage), sizeof(struct msghdr), msg_iov, msg_iovlen
        assertThat(CallMemory.ADDRESS_BYTES).isEqualTo(128);
        assertThat(CallMemory.MSGHDR_BYTES).isEqualTo(56);
        assertThat(CallMemory.MSGHDR_IOV).isEqualTo(16);
        assertThat(CallMemory.MSGHDR_IOVLEN).isEqualTo(24);
        // bits/types/struct_iovec.h: sizeof(struct iovec), iov_len
        assertThat(CallMemory.IOVEC_BYTES).isEqualTo(16);
        assertThat(CallMemory.IOVEC_LENGTH).isEqualTo(8);
    }
}
