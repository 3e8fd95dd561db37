package dev.weir.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How many are accepted before the poller is asked again. */
class NewcomersTest {
    private final Newcomers newcomers = new Newcomers();

    @Test
    void atFirstAllWhoWaitAreTaken() {
        assertThat(newcomers.areAll(1)).isFalse();
        assertThat(newcomers.areAll(10_000)).isFalse();
    }

    @Test
    void whereOneComesAtATimeNobodyIsLookedForBehindHim() {
        newcomers.foundNobodyAfter(1);
        for (int turn = 0; turn < 10; turn++) {
            assertThat(newcomers.areAll(1)).isTrue();
        }
    }

    @Test
    void whereNobodyCameOneIsLookedForAllTheSame() {
        newcomers.foundNobodyAfter(0);
        assertThat(newcomers.areAll(1)).isTrue();
    }

    @Test
    void asManyAreExpectedAsCameTheLastTime() {
        newcomers.foundNobodyAfter(3);
        assertThat(newcomers.areAll(2)).isFalse();
        assertThat(newcomers.areAll(3)).isTrue();
    }

    @Test
    void whereMoreCameAgainAndAgainAllAreTaken() {
        newcomers.foundNobodyAfter(1);
        for (int turn = 0; turn < Newcomers.PATIENCE; turn++) {
            assertThat(newcomers.areAll(1)).isTrue();
        }
        assertThat(newcomers.areAll(10_000)).isFalse();
    }

    @Test
    void whoHasLookedInVainExpectsFewerAgain() {
        newcomers.foundNobodyAfter(64);
        newcomers.foundNobodyAfter(1);
        assertThat(newcomers.areAll(1)).isTrue();
    }
}
