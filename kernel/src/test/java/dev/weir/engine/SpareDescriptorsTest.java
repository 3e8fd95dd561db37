package dev.weir.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.fault.Errno;
import dev.weir.transport.ListeningSocket;
import dev.weir.transport.Transport;
import dev.weir.transport.TransportException;
import java.io.Closeable;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is done with a descriptor that is kept for those who are sent away. */
class SpareDescriptorsTest {
    private static final int MOST = 16;

    @Test
    void whoSnatchesADescriptorThatWasGivenUpForOthersFindsThatOut() throws Exception {
        AtomicInteger free = new AtomicInteger(1);
        Transport transport = (Transport) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Transport.class}, (proxy, method, arguments) -> {
                    if (free.decrementAndGet() < 0) {
                        free.incrementAndGet();
                        throw new IOException("no descriptor");
                    }
                    return (Closeable) free::incrementAndGet;
                });
        ListeningSocket none = listener(() -> {
            throw new TransportException(Errno.EMFILE, "no descriptor");
        });
        try (SpareDescriptors spares = new SpareDescriptors(transport)) {
            spares.take(1);
            int before = spares.givings();
            assertThat(spares.wasSnatched(before)).isFalse();
            // It is given up and taken back: whoever was accepted meanwhile has another.
            assertThat(spares.acceptAnd(waiting -> {}, none, MOST)).isEqualTo(SpareDescriptors.Outcome.NO_DESCRIPTOR);
            assertThat(spares.wasSnatched(before)).isFalse();
            // Now somebody is accepted just when it is given up.
            ListeningSocket snatched = listener(() -> {
                free.decrementAndGet();
                throw new TransportException(Errno.EMFILE, "no descriptor");
            });
            assertThat(spares.acceptAnd(waiting -> {}, snatched, MOST))
                    .isEqualTo(SpareDescriptors.Outcome.NO_DESCRIPTOR);
            assertThat(spares.wasSnatched(before)).isTrue();
            assertThat(spares.wasSnatched(spares.givings())).isFalse();
            free.incrementAndGet();
            spares.refill();
            assertThat(spares.wasSnatched(before)).isFalse();
        }
    }

    private ListeningSocket listener(Callable<?> accept) {
        return (ListeningSocket) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ListeningSocket.class},
                (proxy, method, arguments) -> accept.call());
    }

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
