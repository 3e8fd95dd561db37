package dev.weir.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.weir.plugin.Plugin;
import dev.weir.plugin.PluginCatalog;
import dev.weir.plugin.PluginModule;
import dev.weir.protocol.Handler;
import dev.weir.protocol.Protocol;
import dev.weir.protocol.Session;
import dev.weir.protocols.framing.FramingPlugin;
import dev.weir.server.Weir;
import dev.weir.transport.Endpoint;
import dev.weir.transport.nio.NioTransport;
import dev.weir.wiring.KernelPlugin;
import io.netty.buffer.ByteBuf;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The log tells who holds a connection that its peer has left. */
class CloseWaitWarningTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.weir.engine.CloseWait");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final AtomicLong now = new AtomicLong();

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAppender(lines);
    }

    /** Names its phase, and never closes. */
    private record Forgetful() implements Plugin, Protocol<ByteBuf, ByteBuf> {
        @Override
        public String name() {
            return "forgetful";
        }

        @Override
        public PluginModule module() {
            return new PluginModule() {
                @Override
                protected void offers() {
                    protocol("forgets", settings -> new Forgetful());
                }
            };
        }

        @Override
        public Class<ByteBuf> inbound() {
            return ByteBuf.class;
        }

        @Override
        public Class<ByteBuf> outbound() {
            return ByteBuf.class;
        }

        @Override
        public Handler<ByteBuf> open(Session<ByteBuf> session) {
            session.phase("login");
            return message -> {};
        }
    }

    @Test
    void oneLineTellsOfAllThatAreHalfClosedAndNamesTheProtocolAndItsPhase() throws Exception {
        try (Weir weir = start("close-wait-warning = 1m")) {
            List<Socket> peers = leave(weir, 3);

            elapse(weir, Duration.ofSeconds(59));
            assertThat(lines.list).isEmpty();
            elapse(weir, Duration.ofSeconds(2));

            assertThat(lines.list)
                    .singleElement()
                    .asString()
                    .contains("of leaky with ", " has been half-closed for 61000 ms")
                    .contains("protocol forgets in phase login does not close (0 held, 0 bytes queued)")
                    .contains("half-closed like it on this loop: 3");
            for (Socket peer : peers) {
                peer.close();
            }
        }
    }

    @Test
    void whoStaysHalfClosedIsToldOfInItsTurnAndAgain() throws Exception {
        try (Weir weir = start("close-wait-warning = 1m")) {
            List<Socket> peers = leave(weir, 3);

            for (int minute = 1; minute <= 6; minute++) {
                elapse(weir, Duration.ofMillis(60_010));
                assertThat(lines.list).hasSize(minute);
            }

            List<String> told = lines.list.stream()
                    .map(line -> line.getFormattedMessage().split(" of leaky ", 2)[0])
                    .toList();
            assertThat(told.subList(0, 3)).doesNotHaveDuplicates();
            assertThat(told.subList(3, 6)).doesNotHaveDuplicates();
            for (Socket peer : peers) {
                peer.close();
            }
        }
    }

    @Test
    void offTellsNothing() throws Exception {
        try (Weir weir = start("close-wait-warning = off")) {
            List<Socket> peers = leave(weir, 1);

            elapse(weir, Duration.ofDays(1));

            assertThat(lines.list).isEmpty();
            peers.getFirst().close();
        }
    }

    private Weir start(String setting) throws Exception {
        Weir weir = Weir.builder()
                .transport(new NioTransport())
                .plugins(PluginCatalog.of(new KernelPlugin(), new FramingPlugin(), new Forgetful()))
                .clock(now::get)
                .callerDriven()
                .config("""
                        weir {
                          event-loops = 1
                          servers.leaky {
                            listen = "127.0.0.1:0", codec = raw, protocol = forgets
                            lifecycle { %s, close.half-close = propagate, heartbeat = off, deadlines.first-byte = off }
                          }
                        }
                        """.formatted(setting))
                .build();
        weir.start();
        return weir;
    }

    /** So many peers that have ended their half, as the server knows. */
    private static List<Socket> leave(Weir weir, int count) throws Exception {
        var address = ((Endpoint.Inet) weir.server("leaky").addresses().getFirst()).address();
        List<Socket> peers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Socket peer = new Socket(address.getAddress(), address.getPort());
            peer.shutdownOutput();
            peers.add(peer);
        }
        while (halfClosed(weir) < count) {
            weir.turn();
        }
        return peers;
    }

    private static long halfClosed(Weir weir) {
        long[] reading = {0};
        weir.metrics()
                .read((id, kind, value) ->
                        reading[0] += id.name().equals("weir.server.connections.half-closed") ? value : 0);
        return reading[0];
    }

    private void elapse(Weir weir, Duration time) {
        now.addAndGet(time.toNanos());
        weir.turn();
        weir.turn();
    }
}
