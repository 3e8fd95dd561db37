package dev.weir.transport.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Binding;
import com.google.inject.spi.Element;
import com.google.inject.spi.Elements;
import com.google.inject.spi.InstanceBinding;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.weir.plugin.FromSettings;
import dev.weir.plugin.Offer;
import dev.weir.plugin.Plugin;
import dev.weir.plugin.PluginModule;
import dev.weir.settings.ConfigFault;
import dev.weir.settings.Settings;
import dev.weir.transport.Availability;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** The jar's door. */
class EpollPluginTest {

    @Test
    void theJarOffersTheTransportByItsName() {
        Plugin plugin = ServiceLoader.load(Plugin.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(EpollPlugin.class::isInstance)
                .findFirst()
                .orElseThrow();
        assertThat(plugin.name()).isEqualTo("epoll");
        List<Element> elements = Elements.getElements(plugin.module());
        assertThat(elements).hasSize(1);
        Binding<?> binding = (Binding<?>) elements.getFirst();
        Offer offer = (Offer) binding.getKey().getAnnotation();
        assertThat(offer.kind()).isEqualTo(PluginModule.TRANSPORT);
        assertThat(offer.name()).isEqualTo("epoll");
    }

    @Test
    void itIsMadeWithItsTriggerAndKnowsNothingElse() {
        for (String trigger : List.of("edge", "level")) {
            Settings settings = Settings.parse("trigger = " + trigger);
            assertThat(make(settings)).isInstanceOf(EpollTransport.class);
            assertThat(settings.faults().all()).isEmpty();
        }
        Settings wrong = Settings.parse("trigger = both, triger = edge");
        make(wrong);
        assertThat(wrong.faults().all())
                .extracting(ConfigFault::path)
                .containsExactlyInAnyOrder("settings.trigger", "settings.triger");
    }

    private static Object make(Settings settings) {
        Element offer = Elements.getElements(new EpollPlugin().module()).getFirst();
        return ((FromSettings<?>) ((InstanceBinding<?>) offer).getInstance()).from(settings);
    }

    @Test
    void itsDefaultsStandWhereTheConfigurationLooksForThem() {
        Config defaults = ConfigFactory.parseResources(EpollPlugin.class.getClassLoader(), "reference.conf");
        assertThat(defaults.getString("weir.defaults.transport.epoll.trigger")).isEqualTo("edge");
    }

    @Test
    void itIsAvailableAndSaysWhatItCanDo() {
        EpollTransport transport = new EpollTransport(Trigger.EDGE);
        assertThat(transport.name()).isEqualTo("epoll");
        assertThat(transport.availability()).isInstanceOf(Availability.Available.class);
        assertThat(transport.capabilities().unixSockets()).isTrue();
        assertThat(transport.capabilities().abstractNames()).isTrue();
    }
}
