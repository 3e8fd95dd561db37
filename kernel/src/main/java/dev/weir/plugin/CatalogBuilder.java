package dev.weir.plugin;

import dev.weir.settings.ConfigFault;
import dev.weir.settings.ConfigFaults;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts a catalog together: finds the plugins, reads their modules, and sees to it that no two claim the same. */
final class CatalogBuilder {
    private final ConfigFaults faults;
    private final ProviderLoader providers;
    private final Map<String, InstalledPlugin> plugins = new LinkedHashMap<>();
    private final Map<PluginCatalog.OfferEntry, InstalledPlugin> owners = new LinkedHashMap<>();
    private final Map<String, PluginSource> names = new LinkedHashMap<>();
    private final Map<Path, PluginSource> read = new LinkedHashMap<>();
    private final List<PluginClassLoader> loaders = new ArrayList<>();

    CatalogBuilder(ConfigFaults faults) {
        this.faults = faults;
        this.providers = new ProviderLoader(faults);
    }

    /** Adds the plugins of every jar and folder on the class path. */
    void addClassPath(ClassLoader base) {
        for (Path root : roots(base)) {
            try {
                PluginSource source = PluginSource.read(root);
                providers.load(source, base).forEach(plugin -> add(plugin, source));
            } catch (IOException e) {
                faults.add(unreadable(root, e));
            }
        }
    }

    /** Adds the plugins of the plugin folder. */
    void addFolder(Path folder, ClassLoader base) {
        List<PluginFolder.Item> items = PluginFolder.look(folder, base, faults);
        items.forEach(item -> loaders.add(item.loader()));
        new RequiredOrder(names.keySet(), faults).open(items, this::open);
    }

    /** Opens one item of the folder; answers with the names of its plugins, also of those that are left out for a fault. */
    private List<String> open(PluginFolder.Item item) {
        return item.sources().stream()
                .flatMap(source ->
                        providers.load(source, item.loader()).stream().flatMap(plugin -> add(plugin, source).stream()))
                .toList();
    }

    /** Adds a plugin that is there already, with what its class's jar or folder says. */
    void add(Plugin plugin) {
        Path origin = PluginSource.originOf(plugin.getClass()).orElseThrow();
        try {
            PluginSource source = read.containsKey(origin) ? read.get(origin) : PluginSource.read(origin);
            read.put(origin, source);
            add(plugin, source);
        } catch (IOException e) {
            faults.add(unreadable(origin, e));
        }
    }

    PluginCatalog build() {
        References references = new References(faults);
        try {
            references.addKernel(PluginSource.kernel());
        } catch (IOException e) {
            throw new IllegalStateException("the kernel's own files cannot be read", e);
        }
        Map<PluginSource, Set<PluginCatalog.OfferEntry>> offers = new LinkedHashMap<>();
        plugins.values()
                .forEach(plugin -> offers.computeIfAbsent(plugin.source(), s -> new LinkedHashSet<>())
                        .addAll(plugin.offers()));
        offers.forEach((source, offered) -> {
            if (!source.isKernel()) {
                references.add(source, offered);
            }
        });
        return new PluginCatalog(plugins, owners, references.all(), loaders);
    }

    private Optional<String> add(Plugin plugin, PluginSource source) {
        Optional<String> name = InstalledPlugin.nameOf(plugin, source, faults);
        if (name.isPresent() && isNew(name.get(), source)) {
            InstalledPlugin.read(name.get(), plugin, source, faults).ifPresent(this::install);
        }
        return name;
    }

    private boolean isNew(String name, PluginSource source) {
        PluginSource other = names.putIfAbsent(name, source);
        if (other != null) {
            faults.add(new ConfigFault(
                    source.label(),
                    "",
                    "holds a plugin of the name " + name + ", and so does " + other.label() + ".",
                    "Take one of the two away."));
        }
        return other == null;
    }

    private void install(InstalledPlugin plugin) {
        boolean alone = true;
        for (PluginCatalog.OfferEntry offer : plugin.offers()) {
            InstalledPlugin other = owners.get(offer);
            if (other != null) {
                alone = false;
                faults.add(new ConfigFault(
                        plugin.source().label(),
                        "",
                        "plugin " + plugin.name() + " offers " + offer + ", and so does plugin " + other.name() + " of "
                                + other.source().label() + ".",
                        "Take one of the two away."));
            }
        }
        if (alone) {
            plugin.offers().forEach(offer -> owners.put(offer, plugin));
            plugins.put(plugin.name(), plugin);
        }
    }

    private Set<Path> roots(ClassLoader base) {
        Set<Path> roots = new LinkedHashSet<>();
        try {
            for (URL found : Collections.list(base.getResources(PluginSource.SERVICES))) {
                roots.add(PluginSource.rootOf(found, PluginSource.SERVICES));
            }
        } catch (IOException e) {
            faults.add(new ConfigFault("class path", "", "cannot be searched for plugins: " + e + ".", "Mend it."));
        }
        return roots;
    }

    private static ConfigFault unreadable(Path root, IOException e) {
        LoadFailure failure = LoadFailure.unreadable(e);
        return new ConfigFault(root.toString(), "", failure.problem(), failure.cure());
    }
}
