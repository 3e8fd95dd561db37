package dev.weir.transport.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a wake-up costs a system call, and when it must not. */
class WakeUpTest {
    private WakeUp wakeUp;

    @BeforeEach
    void open() throws Exception {
        wakeUp = WakeUp.open(new CallMemory().errno);
    }

    @AfterEach
    void close() {
        wakeUp.close();
    }

    @Test
    void whoWaitsIsWokenByOneWrite() {
        assertThat(wakeUp.beginWait()).isTrue();
        wakeUp.wake();
        wakeUp.wake();
        assertThat(wakeUp.writes()).isEqualTo(1);
        wakeUp.endWait();
        assertThat(wakeUp.beginWait()).isTrue();
        wakeUp.wake();
        assertThat(wakeUp.writes()).isEqualTo(2);
    }

    @Test
    void whoIsAwakeIsToldWithoutAWrite() {
        wakeUp.wake();
        assertThat(wakeUp.beginWait()).isFalse();
        wakeUp.endWait();
        assertThat(wakeUp.beginWait()).isTrue();
        assertThat(wakeUp.writes()).isZero();
    }

    @Test
    void aClosedDescriptorIsNeverWritten() {
        assertThat(wakeUp.beginWait()).isTrue();
        wakeUp.close();
        wakeUp.wake();
        assertThat(wakeUp.writes()).isZero();
    }
}
