package dev.weir.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.weir.lifecycle.OverloadPolicy;
import dev.weir.lifecycle.OverloadPolicy.Resource;
import dev.weir.lifecycle.PolicyKind;
import dev.weir.plugin.Plugin;
import dev.weir.plugin.PluginCatalog;
import dev.weir.plugin.PluginModule;
import dev.weir.protocols.basic.BasicPlugin;
import dev.weir.protocols.framing.FramingPlugin;
import dev.weir.server.Weir;
import dev.weir.transport.nio.NioTransport;
import dev.weir.wiring.KernelPlugin;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The log is not flooded by an overload policy that fails each time. */
class OverloadPolicyFailureTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.weir.server.OverloadWatch");
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

    private record FaultyPlugin() implements Plugin {
        @Override
        public String name() {
            return "faulty";
        }

        @Override
        public PluginModule module() {
            return new PluginModule() {
                @Override
                protected void offers() {
                    policy(PolicyKind.OVERLOAD, "fails", settings -> new Fails());
                }
            };
        }
    }

    private record Fails() implements OverloadPolicy {
        @Override
        public Set<Resource> watched() {
            return Set.of(Resource.LOOP_LAG);
        }

        @Override
        public Action judge(List<Reading> readings) {
            throw new IllegalStateException("by a test");
        }
    }

    @Test
    void aFailureThatComesTenTimesASecondIsToldOnceAMinute() throws Exception {
        try (Weir weir = Weir.builder()
                .transport(new NioTransport())
                .clock(now::get)
                .plugins(PluginCatalog.of(
                        new KernelPlugin(), new FramingPlugin(), new BasicPlugin(), new FaultyPlugin()))
                .callerDriven()
                .config("""
                        weir {
                          process.overload = fails
                          servers.echo { listen = "127.0.0.1:0", codec = raw, protocol = echo }
                        }
                        """)
                .build()) {
            weir.start();
            for (int look = 0; look <= 600; look++) {
                weir.turn();
                now.addAndGet(Duration.ofMillis(100).toNanos());
            }
            assertThat(lines.list)
                    .allMatch(line -> line.getLevel() == Level.ERROR)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .containsExactly(
                            "the overload policy failed; newcomers come in",
                            "the overload policy failed; newcomers come in (599 times more since this was last told)");
        }
    }
}
