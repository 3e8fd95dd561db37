package dev.weir.plugin;

import com.google.inject.AbstractModule;
import com.google.inject.Binding;
import com.google.inject.ConfigurationException;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.ProvisionException;
import com.google.inject.spi.Element;
import com.google.inject.spi.Elements;
import com.google.inject.spi.LinkedKeyBinding;
import com.google.inject.spi.Message;
import com.google.inject.spi.PrivateElements;
import com.google.inject.spi.ProviderKeyBinding;
import dev.weir.settings.ConfigFault;
import dev.weir.settings.ConfigFaults;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Gives each used plugin an injector of its own over a common one. So what a plugin binds is private to it, and what is wrong with
 * one is found and named without touching the others.
 */
final class PartsWiring {
    private final Injector platform;
    private final ConfigFaults faults;
    private final Map<String, Optional<Injector>> injectors = new HashMap<>();
    private final Map<PluginCatalog.OfferEntry, Parts.Maker> makers = new HashMap<>();

    PartsWiring(Module platform, ConfigFaults faults) {
        this.platform = Guice.createInjector(explicit(platform));
        this.faults = faults;
    }

    /** Makes an offer ready. */
    void add(InstalledPlugin plugin, PluginCatalog.OfferEntry offer) {
        injectors
                .computeIfAbsent(plugin.name(), name -> injector(plugin))
                .flatMap(injector -> maker(plugin, offer, injector))
                .ifPresent(maker -> makers.put(
                        offer, new Parts.Maker(plugin.name(), plugin.source().label(), maker)));
    }

    /** All that was made ready. */
    Parts parts() {
        return new Parts(makers);
    }

    private Optional<Injector> injector(InstalledPlugin plugin) {
        if (!targetsAreBound(plugin)) {
            return Optional.empty();
        }
        try {
            return Optional.of(platform.createChildInjector(explicit(Elements.getModule(plugin.elements()))));
        } catch (CreationException e) {
            explain(plugin, e.getErrorMessages());
        } catch (LinkageError e) {
            fault(plugin, LoadFailure.of("wiring plugin " + plugin.name(), e));
        }
        return Optional.empty();
    }

    private Optional<FromSettings<?>> maker(InstalledPlugin plugin, PluginCatalog.OfferEntry offer, Injector injector) {
        try {
            return Optional.of(injector.getInstance(PluginModule.key(offer.kind(), offer.name())));
        } catch (ProvisionException e) {
            explain(plugin, e.getErrorMessages());
        } catch (ConfigurationException e) {
            explain(plugin, e.getErrorMessages());
        } catch (LinkageError e) {
            fault(plugin, LoadFailure.of("making " + offer + " of plugin " + plugin.name(), e));
        }
        return Optional.empty();
    }

    /** Guice would make a linked target that nothing binds, explicit bindings or not. */
    private boolean targetsAreBound(InstalledPlugin plugin) {
        Set<Key<?>> bound = new HashSet<>(platform.getAllBindings().keySet());
        plugin.elements().forEach(element -> bound.addAll(keysOf(element)));
        boolean good = true;
        for (Element element : plugin.elements()) {
            Optional<Key<?>> target = targetOf(element);
            if (target.isPresent() && !bound.contains(target.get())) {
                good = false;
                String source = GuiceMessages.name(((Binding<?>) element).getKey());
                String missing = GuiceMessages.name(target.get());
                fault(
                        plugin,
                        new LoadFailure(
                                "plugin " + plugin.name() + " binds " + source + " to " + missing
                                        + ", which nothing binds.",
                                "Add bind(" + missing + ".class) to its module."));
            }
        }
        return good;
    }

    private static Set<Key<?>> keysOf(Element element) {
        return switch (element) {
            case Binding<?> binding -> Set.of(binding.getKey());
            case PrivateElements inner -> inner.getExposedKeys();
            default -> Set.of();
        };
    }

    private static Optional<Key<?>> targetOf(Element element) {
        return switch (element) {
            case LinkedKeyBinding<?> link -> Optional.of(link.getLinkedKey());
            case ProviderKeyBinding<?> link -> Optional.of(link.getProviderKey());
            default -> Optional.empty();
        };
    }

    private void explain(InstalledPlugin plugin, Collection<Message> messages) {
        for (Message message : messages) {
            fault(
                    plugin,
                    message.getCause() == null
                            ? new LoadFailure(
                                    "plugin " + plugin.name() + " cannot be wired: "
                                            + GuiceMessages.firstSentence(message.getMessage()),
                                    "Bind what it needs in its module.")
                            : LoadFailure.of("wiring plugin " + plugin.name(), message.getCause()));
        }
    }

    private void fault(InstalledPlugin plugin, LoadFailure failure) {
        faults.add(new ConfigFault(plugin.source().label(), "", failure.problem(), failure.cure()));
    }

    private static Module explicit(Module module) {
        return new AbstractModule() {
            @Override
            protected void configure() {
                binder().requireExplicitBindings();
                install(module);
            }
        };
    }
}
