package dev.weir.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testkit.Wire;
import dev.weir.transport.Endpoint;
import dev.weir.transport.ListeningSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A host without IPv6, played by a JVM that is told to use none. */
@Tag("kernel")
class WithoutIpv6Test {

    @Test
    void everyAddressIsEveryIpv4Address() throws Exception {
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.net.preferIPv4Stack=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ListenEverywhere.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(server.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(said.lines().toList()).last().isEqualTo("0.0.0.0 served");
        assertThat(server.waitFor()).isZero();
    }

    /** Listens on {@code ::}, serves one client and says where. */
    static final class ListenEverywhere {
        private ListenEverywhere() {}

        public static void main(String[] args) throws Exception {
            try (Wire wire = new Wire(new NioTransport())) {
                ListeningSocket listener =
                        wire.listen(new Endpoint.Inet(new InetSocketAddress(InetAddress.ofLiteral("::"), 0)));
                InetSocketAddress bound = ((Endpoint.Inet) listener.localAddress()).address();
                wire.finishConnect(wire.startConnect(
                        new Endpoint.Inet(new InetSocketAddress(InetAddress.getLoopbackAddress(), bound.getPort()))));
                wire.accept(listener);
                System.out.println(bound.getAddress().getHostAddress() + " served");
            }
        }
    }
}
