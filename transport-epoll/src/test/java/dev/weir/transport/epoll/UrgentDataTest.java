package dev.weir.transport.epoll;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testkit.End;
import dev.weir.testkit.Wire;
import dev.weir.transport.Endpoint;
import dev.weir.transport.Interest;
import dev.weir.transport.ListeningSocket;
import java.net.Socket;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** TCP's urgent byte is not received, and must not hide what comes behind it: recv(2) stops short at it. */
class UrgentDataTest {
    @ParameterizedTest
    @EnumSource
    void whatComesBehindAnUrgentByteIsReceivedWithoutAnotherEvent(Trigger trigger) throws Exception {
        try (Wire wire = new Wire(new EpollTransport(trigger))) {
            ListeningSocket listener = wire.listen(Wire.loopback());
            Endpoint.Inet address = (Endpoint.Inet) listener.localAddress();
            try (Socket client =
                    new Socket(address.address().getAddress(), address.address().getPort())) {
                End server = wire.accept(listener);
                server.socket().interest(Interest.READ);
                client.getOutputStream().write("abc".getBytes(US_ASCII));
                client.sendUrgentData('!');
                client.getOutputStream().write("def".getBytes(US_ASCII));

                wire.until("all is received", () -> {
                    server.receiveReported(1000);
                    return server.received().length == 6;
                });
                assertThat(server.received()).asString(US_ASCII).isEqualTo("abcdef");
                assertThat(server.socket().holdsInput()).isFalse();

                client.getOutputStream().write("ghi".getBytes(US_ASCII));
                wire.until("the rest is received", () -> {
                    server.receiveReported(1000);
                    return server.received().length == 9;
                });
            }
        }
    }
}
