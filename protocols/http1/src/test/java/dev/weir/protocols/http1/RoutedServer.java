package dev.weir.protocols.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.weir.config.ConfigurationException;
import dev.weir.plugin.Plugin;
import dev.weir.plugin.PluginCatalog;
import dev.weir.plugin.PluginModule;
import dev.weir.protocol.AnyProtocol;
import dev.weir.server.Weir;
import dev.weir.transport.Endpoint;
import dev.weir.transport.nio.NioTransport;
import dev.weir.wiring.KernelPlugin;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** A server of codec http1 on the loopback, with a protocol of a test's. */
final class RoutedServer implements AutoCloseable {
    /** So that an answer which never comes is a failure and no hang. */
    private static final int GIVE_UP_MILLIS = 20_000;

    private final Weir weir;

    private RoutedServer(Weir weir) {
        this.weir = weir;
    }

    /** @param more lines of the server's configuration */
    static RoutedServer start(AnyProtocol<?, ?> protocol, String... more) throws Exception {
        Weir weir = build(protocol, more);
        weir.start();
        return new RoutedServer(weir);
    }

    static Weir build(AnyProtocol<?, ?> protocol, String... more) throws ConfigurationException {
        return Weir.builder()
                .plugins(PluginCatalog.of(new KernelPlugin(), new Http1Plugin(), new Tested(protocol)))
                .transport(new NioTransport())
                .config("""
                        weir.event-loops = 1
                        weir.servers.web {
                          listen = "127.0.0.1:0"
                          codec = http1
                          protocol = tested
                          %s
                        }
                        """.formatted(String.join("\n", more)))
                .build();
    }

    Socket connect() throws IOException {
        int port = ((Endpoint.Inet) weir.server("web").addresses().getFirst())
                .address()
                .getPort();
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(GIVE_UP_MILLIS);
        return socket;
    }

    /** Sends this and reads to the end, which the server is to make. */
    String talk(String requests) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(requests.getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    @Override
    public void close() {
        weir.close();
    }

    private record Tested(AnyProtocol<?, ?> protocol) implements Plugin {
        @Override
        public String name() {
            return "tested";
        }

        @Override
        public PluginModule module() {
            return new PluginModule() {
                @Override
                protected void offers() {
                    protocol("tested", settings -> protocol);
                }
            };
        }
    }
}
