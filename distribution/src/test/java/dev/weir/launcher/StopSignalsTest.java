package dev.weir.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What each signal does, by its turn. */
class StopSignalsTest {
    private final List<String> done = new ArrayList<>();
    private final StopSignals signals = new StopSignals(code -> done.add("halt " + code.number()));
    private final StopSignals.Stoppable weir = new StopSignals.Stoppable() {
        @Override
        public void drain() {
            done.add("drain");
        }

        @Override
        public void stopNow() {
            done.add("stop now");
        }
    };

    @Test
    void theFirstDrainsTheSecondEndsTheThirdWaitsForNothing() {
        signals.started(weir);
        assertThat(done).isEmpty();

        signals.stop("TERM");
        assertThat(done).containsExactly("drain");
        signals.stop("INT");
        assertThat(done).containsExactly("drain", "stop now");
        signals.stop("TERM");
        assertThat(done).containsExactly("drain", "stop now", "halt 3");
    }

    @Test
    void aSignalDuringTheStartDrainsAsSoonAsItIsThrough() {
        signals.stop("TERM");
        assertThat(done).isEmpty();

        signals.started(weir);
        assertThat(done).containsExactly("drain");
        signals.stop("TERM");
        assertThat(done).containsExactly("drain", "stop now");
    }

    @Test
    void aSecondSignalDuringTheStartEndsTheProcessWithNothingLost() {
        signals.stop("TERM");
        signals.stop("TERM");

        assertThat(done).containsExactly("halt 0");
    }
}
