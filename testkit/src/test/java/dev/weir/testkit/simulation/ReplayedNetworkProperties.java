package dev.weir.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

/** A property that has the seed of another sees what that one saw. */
class ReplayedNetworkProperties {
    private static final List<String> FIRST = new ArrayList<>();
    private static final List<String> AGAIN = new ArrayList<>();

    @Property(tries = 5, seed = "42")
    void aPropertyDrawsItsNetworks(@ForAll int parameter) {
        FIRST.add(parameter + ": " + SimulatedSubject.drawn().transport());
    }

    @Property(tries = 5, seed = "42")
    void anotherWithTheSameSeedDrawsThem(@ForAll int parameter) {
        AGAIN.add(parameter + ": " + SimulatedSubject.drawn().transport());
    }

    @AfterContainer
    static void bothHaveSeenTheSame() {
        assertThat(AGAIN).doesNotHaveDuplicates().isEqualTo(FIRST);
    }
}
