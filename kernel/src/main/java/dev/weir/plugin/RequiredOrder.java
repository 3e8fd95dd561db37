package dev.weir.plugin;

import dev.weir.settings.ConfigFault;
import dev.weir.settings.ConfigFaults;
import dev.weir.settings.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Opens the items of the plugin folder so that each comes after those that it requires ({@code Weir-Requires}). A name is known only
 * when a plugin has been made, so items are opened in rounds: in each, those of which all requirements are there.
 */
final class RequiredOrder {
    private final Set<String> onClassPath;
    private final Map<String, PluginClassLoader> opened = new HashMap<>();
    private final ConfigFaults faults;

    /** @param onClassPath the plugins of the class path, whose types every plugin sees anyway */
    RequiredOrder(Collection<String> onClassPath, ConfigFaults faults) {
        this.onClassPath = Set.copyOf(onClassPath);
        this.faults = faults;
    }

    /**
     * Opens all items that can be; the others are faults.
     *
     * @param open opens one and answers with the names of its plugins
     */
    void open(List<PluginFolder.Item> items, Function<PluginFolder.Item, List<String>> open) {
        List<PluginFolder.Item> waiting = new ArrayList<>(items);
        while (true) {
            List<PluginFolder.Item> ready =
                    waiting.stream().filter(item -> missing(item).isEmpty()).toList();
            if (ready.isEmpty()) {
                break;
            }
            for (PluginFolder.Item item : ready) {
                item.loader()
                        .require(item.requires().stream()
                                .filter(opened::containsKey)
                                .map(opened::get)
                                .toList());
                open.apply(item).forEach(name -> opened.putIfAbsent(name, item.loader()));
            }
            waiting.removeAll(ready);
        }
        if (!waiting.isEmpty()) {
            explain(waiting);
        }
    }

    private List<String> missing(PluginFolder.Item item) {
        return item.requires().stream()
                .filter(name -> !onClassPath.contains(name) && !opened.containsKey(name))
                .toList();
    }

    private void explain(List<PluginFolder.Item> waiting) {
        Map<String, PluginFolder.Item> named = new LinkedHashMap<>();
        waiting.forEach(item -> namesOf(item).forEach(name -> named.putIfAbsent(name, item)));
        for (PluginFolder.Item item : waiting) {
            for (String name : missing(item)) {
                if (!named.containsKey(name)) {
                    fault(
                            item,
                            "requires plugin " + name + ", which is not there.",
                            Nearest.of(name, there())
                                            .map(near -> "Did you mean " + near + "? ")
                                            .orElse("")
                                    + "Put it into the plugin folder, or mend what is said of it here.");
                } else {
                    circle(item, name, named)
                            .ifPresentOrElse(
                                    way -> fault(
                                            item,
                                            "requires plugin " + name + ", and that requires it in turn (" + way + ").",
                                            "Put both into one folder of the plugin folder, or move what both use into"
                                                    + " a third."),
                                    () -> fault(
                                            item,
                                            "requires plugin " + name
                                                    + ", which lacks a plugin that it requires itself.",
                                            "Mend what is said of that one."));
                }
            }
        }
    }

    /** The way from an item by the plugin {@code first} back to itself, if there is one. */
    private Optional<String> circle(PluginFolder.Item item, String first, Map<String, PluginFolder.Item> named) {
        return walk(item, first, named, new LinkedHashSet<>());
    }

    private Optional<String> walk(
            PluginFolder.Item home, String name, Map<String, PluginFolder.Item> named, Set<String> seen) {
        PluginFolder.Item here = named.get(name);
        if (here == null || !seen.add(name)) {
            return Optional.empty();
        }
        if (here.equals(home)) {
            return Optional.of(name);
        }
        return missing(here).stream()
                .flatMap(next -> walk(home, next, named, seen).stream())
                .findFirst()
                .map(rest -> name + " -> " + rest);
    }

    /** The names of plugins that cannot be opened, as far as they can be asked; they are not used further. */
    private static List<String> namesOf(PluginFolder.Item item) {
        ConfigFaults unheard =
                new ConfigFaults(); // What keeps it from being asked is told once its requirements are there.
        ProviderLoader providers = new ProviderLoader(unheard);
        return item.sources().stream()
                .flatMap(source -> providers.load(source, item.loader()).stream()
                        .flatMap(plugin -> InstalledPlugin.nameOf(plugin, source, unheard).stream()))
                .toList();
    }

    private Collection<String> there() {
        Set<String> all = new TreeSet<>(onClassPath);
        all.addAll(opened.keySet());
        return all;
    }

    private void fault(PluginFolder.Item item, String problem, String cure) {
        faults.add(new ConfigFault(item.sources().getFirst().label(), "", problem, cure));
    }
}
