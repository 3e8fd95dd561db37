package dev.weir.protocols.http1.conformance;

import dev.weir.plugin.Plugin;
import dev.weir.plugin.PluginCatalog;
import dev.weir.plugin.PluginModule;
import dev.weir.protocols.http1.Http1Plugin;
import dev.weir.protocols.http1.conformance.Case.End;
import dev.weir.server.Weir;
import dev.weir.transport.Endpoint;
import dev.weir.transport.Transport;
import dev.weir.wiring.KernelPlugin;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every case over sockets, at one server of one transport. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class SocketConformance {
    /** A server that says nothing more is a failure, and not a test that never ends. */
    private static final int MOST_MILLIS = 20_000;

    private final Transport transport;
    private Weir weir;
    private InetSocketAddress address;

    SocketConformance(Transport transport) {
        this.transport = transport;
    }

    static List<Case> cases() {
        return Cases.all();
    }

    @BeforeAll
    void start() throws Exception {
        weir = Weir.builder()
                .transport(transport)
                .plugins(PluginCatalog.of(new KernelPlugin(), new Http1Plugin(), new Offer()))
                .poisonLentMessages()
                .config("""
                        weir.event-loops = 2
                        weir.servers.http { listen = "127.0.0.1:0", codec = %s, protocol = mirror }
                        """.formatted(Cases.CODEC))
                .build();
        weir.start();
        address = ((Endpoint.Inet) weir.server("http").addresses().getFirst()).address();
    }

    @AfterAll
    void stop() {
        weir.close();
    }

    private static final class Offer implements Plugin {
        @Override
        public String name() {
            return "mirror";
        }

        @Override
        public PluginModule module() {
            return new PluginModule() {
                @Override
                protected void offers() {
                    protocol("mirror", settings -> new Mirror());
                }
            };
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void inOnePiece(Case each) throws IOException {
        judge(each, Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void byteByByte(Case each) throws IOException {
        judge(each, 1);
    }

    private void judge(Case each, int piece) throws IOException {
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(MOST_MILLIS);
            write(each.bytes(), piece, socket.getOutputStream());
            if (each.end() == End.CUT || each.end() == End.SWITCHED) {
                socket.shutdownOutput();
            }
            StrictReader reader = new StrictReader(new BufferedInputStream(socket.getInputStream()));
            Judge.answers(each, reader);
            if (each.end() == End.OPEN) {
                socket.shutdownOutput();
            }
            Judge.end(each, reader);
        }
    }

    private static void write(byte[] bytes, int piece, OutputStream out) throws IOException {
        for (int from = 0; from < bytes.length; from += Math.min(piece, bytes.length - from)) {
            out.write(bytes, from, Math.min(piece, bytes.length - from));
        }
    }
}
