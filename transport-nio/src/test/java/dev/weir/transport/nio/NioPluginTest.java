package dev.weir.transport.nio;

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
import dev.weir.settings.Settings;
import dev.weir.transport.Availability;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** The jar's door. */
class NioPluginTest {

    @Test
    void theJarOffersTheTransportByItsName() {
        Plugin plugin = ServiceLoader.load(Plugin.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(NioPlugin.class::isInstance)
                .findFirst()
                .orElseThrow();
        assertThat(plugin.name()).isEqualTo("nio");
        List<Element> elements = Elements.getElements(plugin.module());
        assertThat(elements).hasSize(1);
        Binding<?> binding = (Binding<?>) elements.getFirst();
        Offer offer = (Offer) binding.getKey().getAnnotation();
        assertThat(offer.kind()).isEqualTo(PluginModule.TRANSPORT);
        assertThat(offer.name()).isEqualTo("nio");
    }

    @Test
    void itIsMadeWithoutSettingsAndKnowsNone() {
        Settings none = Settings.parse("");
        assertThat(make(none)).isInstanceOf(NioTransport.class);
        assertThat(none.faults().all()).isEmpty();
        Settings unknown = Settings.parse("trigger = edge");
        make(unknown);
        assertThat(unknown.faults().all())
                .singleElement()
                .satisfies(fault -> assertThat(fault.path()).isEqualTo("settings.trigger"));
    }

    private static Object make(Settings settings) {
        Element offer = Elements.getElements(new NioPlugin().module()).getFirst();
        return ((FromSettings<?>) ((InstanceBinding<?>) offer).getInstance()).from(settings);
    }

    @Test
    void itsDefaultsStandWhereTheConfigurationLooksForThem() {
        Config defaults = ConfigFactory.parseResources(NioPlugin.class.getClassLoader(), "reference.conf");
        assertThat(defaults.hasPath("weir.defaults.transport.nio")).isTrue();
    }

    @Test
    void itIsAvailableAndSaysWhatItCanDo() {
        NioTransport transport = new NioTransport();
        assertThat(transport.name()).isEqualTo("nio");
        assertThat(transport.availability()).isInstanceOf(Availability.Available.class);
        assertThat(transport.capabilities().unixSockets()).isTrue();
        assertThat(transport.capabilities().abstractNames()).isFalse();
    }
}
