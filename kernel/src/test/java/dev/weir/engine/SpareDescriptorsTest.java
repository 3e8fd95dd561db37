package dev.weir.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.fault.Errno;
import dev.weir.transport.ListeningSocket;
import dev.weir.transport.Transport;
import dev.weir.transport.TransportException;
import java.io.Closeable;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is done with a descriptor that is kept for those who are sent away. */
class SpareDescriptorsTest {
    private static final int MOST = 16;

    @Test
    void thoseWhoAreLostWhileTheyAreAcceptedCountSoThatTheLoopAndTheLockAreFreeSoon() {
        AtomicInteger accepts = new AtomicInteger();
        ListeningSocket socket = (ListeningSocket) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ListeningSocket.class}, (proxy, method, arguments) -> {
                    if (accepts.incrementAndGet() <= 100 * MOST) {
                        throw new TransportException(Errno.ECONNABORTED, "gone");
                    }
                    return null;
                });
        Transport transport = (Transport) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Transport.class}, (proxy, method, arguments) ->
                        (Closeable) () -> {});
        try (SpareDescriptors spares = new SpareDescriptors(transport)) {
            spares.take(1);
            var outcome = spares.acceptAnd(
                    waiting -> {
                        throw new AssertionError("nobody came");
                    },
                    socket,
                    MOST);
            assertThat(outcome).isEqualTo(SpareDescriptors.Outcome.MORE_MAY_WAIT);
            assertThat(accepts).hasValue(MOST);
        }
    }
}
