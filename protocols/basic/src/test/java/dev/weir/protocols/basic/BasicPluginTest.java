package dev.weir.protocols.basic;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.weir.plugin.Plugin;
import dev.weir.plugin.PluginCatalog;
import dev.weir.plugin.PluginModule;
import dev.weir.testkit.PluginParts;
import dev.weir.testkit.RecordingSession;
import io.netty.buffer.ByteBuf;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BasicPluginTest {
    private static final PluginParts PARTS =
            PluginParts.of(new BasicPlugin()).at(InstantSource.fixed(Instant.parse("2026-11-21T12:00:05.5Z")));

    @Test
    void isFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(Plugin.class)).anyMatch(BasicPlugin.class::isInstance);
    }

    @Test
    void offersTheProtocolsThatItsReferenceDescribes() {
        assertThat(PluginCatalog.of(new BasicPlugin()).names(PluginModule.PROTOCOL))
                .containsExactly("chargen", "daytime", "discard", "echo", "time");
        assertThat(ConfigFactory.parseResources("reference.conf")
                        .getConfig("weir.defaults.protocol")
                        .root()
                        .keySet())
                .containsExactlyInAnyOrder("chargen", "daytime", "discard", "echo", "time");
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo", "discard", "chargen", "daytime", "time"})
    void eachTakesAndGivesBytesByItsDefaults(String name) {
        assertThat(PARTS.protocol(name)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "daytime                         | Saturday, November 21, 2026 12:00:05-UTC",
                "{ use = daytime, form = iso }   | 2026-11-21T12:00:05Z",
            })
    void theFormOfDaytimeAndTheClockAreGiven(String choice, String line) {
        RecordingSession<ByteBuf> session = new RecordingSession<>(bytes -> bytes.toString(US_ASCII));
        PARTS.protocol(choice).open(session).onOpened();
        assertThat(session.sent()).containsExactly(line + "\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ use = daytime, form = roman } | form: is \"roman\". Write one of weekday, iso.",
                "{ use = echo, form = iso }      | unknown key for protocol echo; it belongs to use = daytime.",
                "{ use = chargen, rate = 5 }     | rate: unknown key.",
            })
    void badSettingsAreFaultsThatSayHowToMendThem(String choice, String fault) {
        assertThat(PARTS.faults(PluginModule.PROTOCOL, choice))
                .singleElement()
                .asString()
                .contains(fault);
    }
}
