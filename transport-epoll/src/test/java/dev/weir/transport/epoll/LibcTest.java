package dev.weir.transport.epoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.fault.Errno;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every call is made to fail, and its error number comes back as the manual has it. */
class LibcTest {
    /** No process has this descriptor: it is above every limit. */
    private static final int NO_SUCH = Integer.MAX_VALUE;

    private final CallMemory memory = new CallMemory();
    private int epoll;

    @BeforeEach
    void open() {
        epoll = Libc.epoll_create1(memory.errno, Headers.EPOLL_CLOEXEC);
        assertThat(epoll).isPositive();
    }

    @AfterEach
    void close() {
        Libc.close(epoll);
    }

    /** A call on a descriptor that nobody has. */
    record Call(String name, ToLongFunction<CallMemory> function) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Call> calls() {
        return List.of(
                new Call(
                        "epoll_ctl",
                        m -> Libc.epoll_ctl(m.errno, NO_SUCH, Headers.EPOLL_CTL_ADD, 0, m.address.address())),
                new Call("epoll_wait", m -> Libc.epoll_wait(m.errno, NO_SUCH, m.copies.address(), 1, 0)),
                new Call("bind", m -> Libc.bind(m.errno, NO_SUCH, m.address.address(), 16)),
                new Call("listen", m -> Libc.listen(m.errno, NO_SUCH, 1)),
                new Call("connect", m -> Libc.connect(m.errno, NO_SUCH, m.address.address(), 16)),
                new Call("accept4", m -> Libc.accept4(m.errno, NO_SUCH, 0, 0, 0)),
                new Call(
                        "getsockname",
                        m -> Libc.getsockname(m.errno, NO_SUCH, m.address.address(), m.addressLength.address())),
                new Call(
                        "getpeername",
                        m -> Libc.getpeername(m.errno, NO_SUCH, m.address.address(), m.addressLength.address())),
                new Call("setsockopt", m -> Libc.setsockopt(m.errno, NO_SUCH, 1, 2, m.number.address(), 4)),
                new Call(
                        "getsockopt",
                        m -> Libc.getsockopt(m.errno, NO_SUCH, 1, 2, m.number.address(), m.addressLength.address())),
                new Call("shutdown", m -> Libc.shutdown(m.errno, NO_SUCH, Headers.SHUT_WR)),
                new Call("recv", m -> Libc.recv(m.errno, NO_SUCH, m.copies.address(), 1, 0)),
                new Call("send", m -> Libc.send(m.errno, NO_SUCH, m.copies.address(), 1, 0)),
                new Call("sendmsg", m -> Libc.sendmsg(m.errno, NO_SUCH, m.message.address(), 0)),
                new Call("sendfile", m -> Libc.sendfile(m.errno, NO_SUCH, NO_SUCH, 0, 1)),
                new Call("write", m -> Libc.write(m.errno, NO_SUCH, m.copies.address(), 1)));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void aCallOnNoDescriptorIsEbadf(Call call) {
        assertThat(call.function().applyAsLong(memory)).isEqualTo(-Errno.EBADF.number());
    }

    @Test
    void aShortWaitOnNoDescriptorIsEbadf() {
        assumeTrue(Libc.hasPwait2(), "the C library has no epoll_pwait2");
        assertThat(Libc.epoll_pwait2(memory.errno, NO_SUCH, memory.copies.address(), 1, memory.buffers.address(), 0))
                .isEqualTo(-Errno.EBADF.number());
    }

    @Test
    void closingWhatIsNotOpenFailsAndIsABug() {
        assertThat(Libc.close(NO_SUCH)).isNegative();
        assertThatThrownBy(() -> Sockets.close(NO_SUCH))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("descriptor " + NO_SUCH + " is not open");
    }

    @Test
    void wrongFlagsAreEinval() {
        assertThat(Libc.epoll_create1(memory.errno, 1)).isEqualTo(-Errno.EINVAL.number());
        assertThat(Libc.eventfd(memory.errno, 0, 1 << 30)).isEqualTo(-Errno.EINVAL.number());
        assertThat(Libc.socket(memory.errno, 12345, Headers.SOCK_STREAM, 0)).isEqualTo(-Headers.EAFNOSUPPORT);
    }

    @Test
    void openingWhatIsNotThereIsEnoent() {
        MemorySegment path = memory.copies;
        path.setString(0, "/nowhere/at/all");
        assertThat(Libc.open(memory.errno, path.address(), Headers.O_RDONLY)).isEqualTo(-Errno.ENOENT.number());
    }

    @Test
    void addingTwiceIsEexist() {
        int event = Libc.eventfd(memory.errno, 0, Headers.EFD_CLOEXEC);
        long change = memory.address.address();
        assertThat(Libc.epoll_ctl(memory.errno, epoll, Headers.EPOLL_CTL_ADD, event, change))
                .isZero();
        assertThat(Libc.epoll_ctl(memory.errno, epoll, Headers.EPOLL_CTL_ADD, event, change))
                .isEqualTo(-Errno.EEXIST.number());
        Libc.close(event);
        assertThat(Libc.epoll_ctl(memory.errno, epoll, Headers.EPOLL_CTL_MOD, event, change))
                .isEqualTo(-Errno.EBADF.number());
    }

    @Test
    void aSuccessIsNotTakenForTheFailureBefore() {
        assertThat(Libc.recv(memory.errno, NO_SUCH, memory.copies.address(), 1, 0))
                .isNegative();
        assertThat(Libc.epoll_wait(memory.errno, epoll, memory.copies.address(), 1, 0))
                .isZero();
    }

    @Test
    void anEventComesWithItsBitsAndItsData() throws Exception {
        EpollSet set = EpollSet.open(memory.errno, 4);
        int[] events = new int[3];
        for (int i = 0; i < events.length; i++) {
            events[i] = Libc.eventfd(memory.errno, 1, Headers.EFD_CLOEXEC);
            set.add(events[i], Headers.EPOLLIN, 0x0123_4567_89AB_CDE0L + i);
        }
        assertThat(set.await(0)).isEqualTo(events.length);
        for (int i = 0; i < events.length; i++) {
            assertThat(set.bits(i)).isEqualTo(Headers.EPOLLIN);
            assertThat(set.data(i)).isEqualTo(0x0123_4567_89AB_CDE0L + i);
            Libc.close(events[i]);
        }
        set.close();
    }

    @Test
    void aWaitMayBeShorterThanAMillisecondAndLongerThanAnyClockCounts() throws Exception {
        EpollSet set = EpollSet.open(memory.errno, 4);
        assertThat(set.await(1)).isZero();
        assertThat(set.await(1_000_001)).isZero();
        int ready = Libc.eventfd(memory.errno, 1, Headers.EFD_CLOEXEC);
        set.add(ready, Headers.EPOLLIN, 1);
        assertThat(set.await(Long.MAX_VALUE - 1)).isEqualTo(1);
        assertThat(set.await(Long.MAX_VALUE)).isEqualTo(1);
        Libc.close(ready);
        set.close();
    }

    @Test
    void millisecondsAreRoundedUp() {
        assertThat(EpollSet.millis(0)).isZero();
        assertThat(EpollSet.millis(1)).isEqualTo(1);
        assertThat(EpollSet.millis(999_999)).isEqualTo(1);
        assertThat(EpollSet.millis(1_000_000)).isEqualTo(1);
        assertThat(EpollSet.millis(1_000_001)).isEqualTo(2);
        assertThat(EpollSet.millis(Long.MAX_VALUE - 1)).isEqualTo(Integer.MAX_VALUE);
        assertThat(EpollSet.millis(Long.MAX_VALUE)).isEqualTo(-1);
    }

    @Test
    void anErrorNumberIsToldByItsNameAndOthersByTheirNumber() {
        assertThat(Failures.of("cannot bind ", "x", -98))
                .hasMessage("cannot bind x: address already in use")
                .satisfies(failure -> assertThat(failure.errno()).isEqualTo(Errno.EADDRINUSE));
        assertThat(Failures.of("cannot bind ", "x", -36))
                .hasMessage("cannot bind x: error 36 (errno(3))")
                .satisfies(failure -> assertThat(failure.errno()).isEqualTo(Errno.OTHER));
    }

    @Test
    void aMessagePointsToItsBuffers() {
        MemorySegment message = memory.message;
        assertThat(message.get(ValueLayout.JAVA_LONG, CallMemory.MSGHDR_IOV)).isEqualTo(memory.buffers.address());
    }
}
