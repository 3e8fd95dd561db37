package dev.weir.transport.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Waits, by epoll_pwait2(2) and where that is missing by epoll_wait(2). */
class EpollSetTest {
    private final CallMemory memory = new CallMemory();
    private EpollSet set;
    private WakeUp event;

    @BeforeEach
    void open() throws Exception {
        set = EpollSet.open(memory.errno, 8);
        event = WakeUp.open(memory.errno);
        set.add(event.fd(), Headers.EPOLLIN | Headers.EPOLLET, 7);
    }

    @AfterEach
    void close() {
        event.close();
        set.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFiniteWaitEndsWithTheEventOrWithTheTime(boolean pwait2) throws Exception {
        set.hasPwait2 &= pwait2;
        assertThat(set.await(1)).isZero();
        assertThat(set.await(TimeUnit.MICROSECONDS.toNanos(1500))).isZero();

        event.beginWait();
        event.wake();
        assertThat(set.await(TimeUnit.HOURS.toNanos(1))).isEqualTo(1);
        assertThat(set.bits(0)).isEqualTo(Headers.EPOLLIN);
        assertThat(set.data(0)).isEqualTo(7);
        assertThat(set.await(0)).isZero();
    }
}
