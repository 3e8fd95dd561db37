package dev.weir.plugin;

import dev.weir.settings.ConfigFault;
import dev.weir.settings.ConfigFaults;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the plugins that a source names. Whatever goes wrong becomes a fault with the source's name; nothing is thrown. */
final class ProviderLoader {
    private final ConfigFaults faults;

    ProviderLoader(ConfigFaults faults) {
        this.faults = faults;
    }

    /** The plugins of a source whose types {@code loader} has. */
    List<Plugin> load(PluginSource source, ClassLoader loader) {
        if (!speaksOurApi(source)) {
            return List.of();
        }
        List<Plugin> plugins = new ArrayList<>();
        List<String> foreign = new ArrayList<>();
        for (String provider : source.providers()) {
            find(source, provider, loader).ifPresent(type -> {
                if (loader instanceof PluginClassLoader && !loader.equals(type.getClassLoader())) {
                    foreign.add(provider);
                } else {
                    make(source, type).ifPresent(plugins::add);
                }
            });
        }
        if (!foreign.isEmpty() && foreign.size() == source.providers().size()) {
            fault(
                    source,
                    "holds no plugin of its own: " + String.join(", ", foreign) + " is there already without it.",
                    "Take the jar away.");
        }
        return plugins;
    }

    /** A folder of classes has no manifest yet; it was compiled together with what runs it. */
    private boolean speaksOurApi(PluginSource source) {
        if (!source.isJar() && source.api().isEmpty()) {
            return true;
        }
        String api = source.api().orElse("");
        if (api.equals(String.valueOf(Plugin.API))) {
            return true;
        }
        fault(
                source,
                api.isEmpty()
                        ? "does not say for which plugin interface it was built."
                        : "was built for version " + api + " of the plugin interface, and this Weir has " + Plugin.API
                                + ".",
                "Build it for this version of Weir, with the line \"Weir-Api: " + Plugin.API
                        + "\" in META-INF/MANIFEST.MF.");
        return false;
    }

    private Optional<Class<? extends Plugin>> find(PluginSource source, String provider, ClassLoader loader) {
        try {
            Class<?> type = Class.forName(provider, false, loader);
            if (!Plugin.class.isAssignableFrom(type)) {
                fault(
                        source,
                        provider + " is not a plugin: it does not implement " + Plugin.class.getName() + ".",
                        "Implement it, or take the line out of " + PluginSource.SERVICES + ".");
                return Optional.empty();
            }
            return Optional.of(type.asSubclass(Plugin.class));
        } catch (ClassNotFoundException e) {
            if (e.getCause() == null) {
                fault(
                        source,
                        "names the class " + provider + " as its plugin and does not hold it.",
                        "Correct the name in " + PluginSource.SERVICES + ".");
            } else {
                fault(source, LoadFailure.of("loading " + provider, e));
            }
        } catch (LinkageError e) {
            fault(source, LoadFailure.of("loading " + provider, e));
        }
        return Optional.empty();
    }

    private Optional<Plugin> make(PluginSource source, Class<? extends Plugin> type) {
        try {
            if (!Modifier.isPublic(type.getModifiers()) || Modifier.isAbstract(type.getModifiers())) {
                throw new NoSuchMethodException(type.getName());
            }
            return Optional.of(type.getConstructor().newInstance());
        } catch (NoSuchMethodException e) {
            fault(
                    source,
                    type.getName() + " cannot be made: it must be a public class with a public constructor without"
                            + " parameters.",
                    "Give it one.");
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            fault(source, LoadFailure.of("making " + type.getName(), e));
        }
        return Optional.empty();
    }

    private void fault(PluginSource source, LoadFailure failure) {
        fault(source, failure.problem(), failure.cure());
    }

    private void fault(PluginSource source, String problem, String cure) {
        faults.add(new ConfigFault(source.label(), "", problem, cure));
    }
}
