package dev.weir.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnfinishedTest {
    @Test
    void saysWhatADrainWaitsForByReason() {
        Unfinished one = new Unfinished(7, 3, 2, 1000, 1);
        Unfinished other = new Unfinished(5, 0, 2, 24, 3);
        assertThat(one.plus(other))
                .hasToString("12 connections: 3 with work in flight, 4 with replies to send,"
                        + " 4 waiting for the peer's end; 1024 bytes unsent");
    }
}
