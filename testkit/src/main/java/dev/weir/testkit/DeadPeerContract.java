package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.transport.SocketOption;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How a server finds peers that are gone, on the real kernel and with a link that goes down: in a JVM of its own that has a network of
 * its own. That takes Linux, the programs unshare(1) and ip(8), and the right to use them; where they are missing the tests are skipped
 * and say so.
 */
@Tag("kernel")
public abstract class DeadPeerContract {
    /** For subclasses, which need a constructor without parameters. */
    protected DeadPeerContract() {}

    /** The transport under test, with threads: time is the kernel's. */
    protected abstract TransportSubject subject();

    @BeforeAll
    static void aNetworkOfItsOwnCanBeHad() throws IOException, InterruptedException {
        OwnNetwork.assumeItCanBeHad();
    }

    @Test
    void aResetIsFoundWhileReadingIsPausedAndNothingSpins() throws Exception {
        assertThat(said("reset-while-paused"))
                .containsExactly("PEER_RESET ECONNRESET", "PEER_RESET ECONNRESET", "few turns");
    }

    @Test
    void aPeerThatNeverEndsItsHalfIsClosedWhenFinIsOver() throws Exception {
        assertThat(said("never-ends")).containsExactly("ours is ended", "CLOSED", "the kernel has let go");
    }

    @Test
    void aPeerThatAcknowledgesProbesStays() throws Exception {
        assertThat(said("acknowledges")).containsExactly("1 open");
    }

    @Test
    void aPeerThatWasStartedAnewAndDoesNotKnowTheConnectionResetsIt() throws Exception {
        assertThat(said("started-anew")).containsExactly("PEER_RESET ECONNRESET");
    }

    @Test
    void aPeerWhoseLinkIsDownIsFoundByKeepAlive() throws Exception {
        assertThat(said("keep-alive")).containsExactly("NETWORK ETIMEDOUT");
    }

    @Test
    void aPeerWhoseLinkIsDownAndThatIsOwedBytesIsFoundByUserTimeout() throws Exception {
        boolean can = subject().transport().capabilities().streamOptions().contains(SocketOption.USER_TIMEOUT);
        assumeTrue(can, "the transport cannot set user-timeout");
        assertThat(said("user-timeout")).containsExactly("NETWORK ETIMEDOUT");
    }

    @Test
    void aPeerWhoseLinkIsDownIsFoundByPings() throws Exception {
        assertThat(said("ping")).containsExactly("UNRESPONSIVE");
    }

    @Test
    void aPeerWhoseLinkIsDownIsFoundIdle() throws Exception {
        assertThat(said("idle")).containsExactly("IDLE");
    }

    /** What a scenario of {@link DeadPeers} says. */
    private List<String> said(String scenario) throws IOException, InterruptedException {
        return OwnNetwork.said(DeadPeers.class, getClass().getName(), scenario);
    }
}
