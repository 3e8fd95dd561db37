package dev.weir.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.fault.CloseReason.Cause;
import dev.weir.fault.CloseReason.Who;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an error of the system says about who ended a connection. */
class CloseReasonTest {

    @ParameterizedTest
    @CsvSource({
        "ECONNRESET,   PEER_RESET, PEER",
        "ECONNABORTED, PEER_RESET, PEER",
        "EPIPE,        PEER_GONE,  PEER",
        "ETIMEDOUT,    NETWORK,    ENVIRONMENT",
        "EHOSTUNREACH, NETWORK,    ENVIRONMENT",
        "ENETUNREACH,  NETWORK,    ENVIRONMENT",
        "ENETDOWN,     NETWORK,    ENVIRONMENT",
        "EHOSTDOWN,    NETWORK,    ENVIRONMENT",
        "ENOBUFS,      IO_ERROR,   ENVIRONMENT",
        "EACCES,       IO_ERROR,   ENVIRONMENT",
    })
    void anErrorIsSortedByWhoIsToBlame(Errno errno, Cause cause, Who who) {
        CloseReason reason = CloseReason.of(errno);

        assertThat(reason.cause()).isEqualTo(cause);
        assertThat(reason.who()).isEqualTo(who);
        assertThat(reason.errno()).contains(errno);
        assertThat(reason.toString()).contains(errno.toString());
        assertThat(reason.isOrderly()).isFalse();
    }
}
