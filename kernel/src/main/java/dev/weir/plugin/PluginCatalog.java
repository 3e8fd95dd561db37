package dev.weir.plugin;

import com.google.inject.Module;
import com.typesafe.config.Config;
import dev.weir.settings.Choice;
import dev.weir.settings.ConfigFault;
import dev.weir.settings.ConfigFaults;
import dev.weir.settings.Nearest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is plugged in: every plugin of the class path and of the plugin folder, what each offers, and the defaults that their jars
 * set. For who starts Weir; a plugin itself needs nothing of it. Used by the one thread that starts Weir.
 *
 * <p>Faults are collected. A plugin with a fault is left out, and the others are looked at all the same; who starts Weir stops when
 * there was any fault.
 */
public final class PluginCatalog implements AutoCloseable {

    /**
     * One plugin.
     *
     * @param name its name
     * @param version the {@code Implementation-Version} of its jar, or "unknown"
     * @param source its jar or folder of classes, or "built in"
     * @param offers what the configuration can choose of it
     */
    public record PluginEntry(String name, String version, String source, List<OfferEntry> offers) {
        /** Copies the list. */
        public PluginEntry {
            offers = List.copyOf(offers);
        }
    }

    /**
     * A part that the configuration can choose.
     *
     * @param kind what sort of part: codec, protocol, transport, or a policy kind's name
     * @param name the name by which it is chosen
     */
    public record OfferEntry(String kind, String name) implements Comparable<OfferEntry> {
        @Override
        public int compareTo(OfferEntry other) {
            int byKind = kind.compareTo(other.kind);
            return byKind != 0 ? byKind : name.compareTo(other.name);
        }

        // Written out, since it is a key of maps at each start: for a record's own the JVM generates classes first.
        @Override
        public boolean equals(Object other) {
            return other instanceof OfferEntry entry && kind.equals(entry.kind) && name.equals(entry.name);
        }

        @Override
        public int hashCode() {
            return 31 * kind.hashCode() + name.hashCode();
        }

        @Override
        public String toString() {
            return kind + " " + name;
        }
    }

    private final Map<String, InstalledPlugin> plugins;
    private final Map<OfferEntry, InstalledPlugin> owners;
    private final Config references;
    private final List<PluginClassLoader> loaders;

    PluginCatalog(
            Map<String, InstalledPlugin> plugins,
            Map<OfferEntry, InstalledPlugin> owners,
            Config references,
            List<PluginClassLoader> loaders) {
        this.plugins = plugins;
        this.owners = owners;
        this.references = references;
        this.loaders = List.copyOf(loaders);
    }

    /**
     * All plugins that are there.
     *
     * @param base the class path
     * @param folder where jars and folders of jars lie; a folder that is not there holds none
     */
    public static PluginCatalog load(ClassLoader base, Optional<Path> folder, ConfigFaults faults) {
        CatalogBuilder builder = new CatalogBuilder(faults);
        builder.addClassPath(base);
        folder.ifPresent(path -> builder.addFolder(path, base));
        return builder.build();
    }

    /** Exactly these plugins, for tests; each with the {@code reference.conf} of the jar or folder of its class. */
    public static PluginCatalog of(ConfigFaults faults, Plugin... plugins) {
        CatalogBuilder builder = new CatalogBuilder(faults);
        Arrays.stream(plugins).forEach(builder::add);
        return builder.build();
    }

    /** Exactly these plugins, for tests. Throws IllegalArgumentException when something is wrong with one. */
    public static PluginCatalog of(Plugin... plugins) {
        ConfigFaults faults = new ConfigFaults();
        PluginCatalog catalog = of(faults, plugins);
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join(
                    System.lineSeparator(),
                    faults.all().stream().map(ConfigFault::toString).toList()));
        }
        return catalog;
    }

    /** The plugins: those of the class path, then those of the folder in the order of file names. */
    public List<PluginEntry> plugins() {
        return plugins.values().stream().map(InstalledPlugin::entry).toList();
    }

    /**
     * The {@code reference.conf} of the kernel and of all plugins, resolved. Its one root key is {@code weir}; it holds every
     * default there is.
     */
    public Config references() {
        return references;
    }

    /** The names offered for one kind of part, in alphabetical order. */
    public List<String> names(String kind) {
        return owners.keySet().stream()
                .filter(offer -> offer.kind().equals(kind))
                .map(OfferEntry::name)
                .sorted()
                .toList();
    }

    /** The plugin that offers this, if any does. */
    public Optional<PluginEntry> owner(String kind, String name) {
        return Optional.ofNullable(owners.get(new OfferEntry(kind, name))).map(InstalledPlugin::entry);
    }

    /**
     * Makes ready the plugins that the choices name, and no others: one injector for each, over a common one that has what {@code
     * platform} binds. Bindings must be explicit. A choice of an unknown name, and a plugin that lacks a binding, are faults.
     */
    public Parts wire(Module platform, Collection<Choice> choices, ConfigFaults faults) {
        PartsWiring wiring = new PartsWiring(platform, faults);
        Map<OfferEntry, Choice> asked = new LinkedHashMap<>();
        for (Choice choice : choices) {
            OfferEntry offer = new OfferEntry(choice.kind(), choice.name());
            if (owners.containsKey(offer)) {
                asked.putIfAbsent(offer, choice);
            } else if (choice.isRead()) {
                faults.add(
                        choice.origin(),
                        choice.path(),
                        "there is no " + offer.kind() + " \"" + offer.name() + "\".",
                        cure(choice));
            }
        }
        asked.keySet().forEach(offer -> wiring.add(owners.get(offer), offer));
        return wiring.parts();
    }

    /** The class loaders of the plugin folder. */
    List<PluginClassLoader> loaders() {
        return loaders;
    }

    /** Closes the jars. No class can be loaded from them any more; what was made of them must be stopped before. */
    @Override
    public void close() throws IOException {
        IOException failure = null;
        for (PluginClassLoader loader : loaders) {
            try {
                loader.close();
            } catch (IOException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private String cure(Choice choice) {
        List<String> names = names(choice.kind());
        if (names.isEmpty()) {
            return "No plugin offers any " + choice.kind() + ": put one into the plugin folder.";
        }
        return Stream.concat(
                        Nearest.of(choice.name(), names).map(near -> "Did you mean " + near + "?").stream(),
                        Stream.of("There is: " + String.join(", ", names) + "."))
                .reduce((a, b) -> a + " " + b)
                .orElseThrow();
    }
}
