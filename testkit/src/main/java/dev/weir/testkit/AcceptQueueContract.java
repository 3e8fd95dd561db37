package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.transport.Transport;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What the real kernel does with the accept queues of listening sockets: in a JVM of its own that has a network of its own. That takes
 * Linux, the programs unshare(1) and ip(8), and the right to use them; where they are missing the tests are skipped and say so.
 */
@Tag("kernel")
public abstract class AcceptQueueContract {
    /** For subclasses, which need a constructor without parameters. */
    protected AcceptQueueContract() {}

    /** The transport under test. */
    protected abstract Transport transport();

    @BeforeAll
    static void aNetworkOfItsOwnCanBeHad() throws IOException, InterruptedException {
        OwnNetwork.assumeItCanBeHad();
    }

    @Test
    void theQueueHoldsOneMoreThanTheBacklog() throws Exception {
        assertThat(said("backlog", 0)).containsExactly("5 established, 5 in the queue");
    }

    @Test
    void withMigrationNobodyIsResetWhenOneSocketOfAGroupIsClosedWithAFullQueue() throws Exception {
        assertThat(said("group", 1))
                .containsExactly(
                        "each socket has some: true",
                        "all accepted: true, some reset: false",
                        "accepted and reset: 200");
    }

    @Test
    void withoutMigrationThoseInTheClosedQueueAreReset() throws Exception {
        assertThat(said("group", 0))
                .containsExactly(
                        "each socket has some: true",
                        "all accepted: false, some reset: true",
                        "accepted and reset: 200");
    }

    /** What a scenario of {@link AcceptQueues} says, with this value of net.ipv4.tcp_migrate_req. */
    private List<String> said(String scenario, int migrate) throws IOException, InterruptedException {
        return OwnNetwork.said(AcceptQueues.class, getClass().getName(), scenario, String.valueOf(migrate));
    }
}
