package dev.weir.protocols.http1;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.config.ConfigurationException;
import dev.weir.protocol.AnyProtocol;
import dev.weir.protocol.BlockingProtocol;
import dev.weir.protocol.BlockingSession;
import dev.weir.settings.ConfigFault;
import dev.weir.testkit.Waiting;
import java.net.Socket;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP under policies and with protocols that are made for other protocols than it. */
class HttpSurroundingsTest {
    private static final String TWO = "GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n";

    private final Queue<Exchange> asked = new ConcurrentLinkedQueue<>();
    private final Router later = Router.builder()
            .exchange("GET /", (request, exchange) -> asked.add(exchange))
            .build();

    @ParameterizedTest
    @ValueSource(strings = {"{ use = drop-oldest, keep = 1MiB }", "{ use = coalesce, keep = 1MiB }"})
    void aPolicyThatDropsAnswersIsAFault(String slowReader) {
        assertThat(faultsOf(later, "lifecycle.backpressure.slow-reader = " + slowReader))
                .singleElement()
                .asString()
                .contains("slow-reader: the codec answers requests in turn: for a reply that was dropped the client"
                        + " would take the next one. Choose pause or close.");
    }

    @Test
    void aBlockingProtocolIsAFault() {
        assertThat(faultsOf(new Blocking(), ""))
                .singleElement()
                .asString()
                .contains("protocol tested blocks, but what comes behind the messages of codec http1 can be had on the"
                        + " event loop only.");
    }

    @Test
    void aConnectionThatIsForOneReplySaysSoAndTakesNoOtherRequest() throws Exception {
        try (RoutedServer server = RoutedServer.start(later, "lifecycle.connection-mode = short");
                Socket socket = server.connect()) {
            socket.getOutputStream().write(TWO.getBytes(US_ASCII));
            Waiting.forOthers().until("the first is asked", () -> !asked.isEmpty());
            asked.element().send(HttpResponse.text("one"));

            String answers = new String(socket.getInputStream().readAllBytes(), US_ASCII);
            assertThat(answers).containsOnlyOnce("HTTP/1.1 200 OK\r\n").contains("\r\nConnection: close\r\n");
            assertThat(asked).hasSize(1);
        }
    }

    @Test
    void whoHasEndedItsHalfGetsItsAnswersAndTheEndEvenIfItsEndIsPropagated() throws Exception {
        try (RoutedServer server = RoutedServer.start(later, "lifecycle.close.half-close = propagate");
                Socket socket = server.connect()) {
            socket.getOutputStream().write(TWO.getBytes(US_ASCII));
            socket.shutdownOutput();
            Waiting.forOthers().until("both are asked", () -> asked.size() == 2);
            asked.forEach(exchange -> exchange.send(HttpResponse.text("x")));

            assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII).split("HTTP/1.1 200 OK"))
                    .hasSize(3);
        }
    }

    private List<ConfigFault> faultsOf(AnyProtocol<?, ?> protocol, String more) {
        return catchThrowableOfType(
                        ConfigurationException.class,
                        () -> RoutedServer.build(protocol, more).close())
                .faults();
    }

    private static final class Blocking implements BlockingProtocol<HttpRequest, HttpResponse> {
        @Override
        public Class<HttpRequest> inbound() {
            return HttpRequest.class;
        }

        @Override
        public Class<HttpResponse> outbound() {
            return HttpResponse.class;
        }

        @Override
        public void serve(BlockingSession<HttpRequest, HttpResponse> session) throws Exception {
            session.read();
        }
    }
}
