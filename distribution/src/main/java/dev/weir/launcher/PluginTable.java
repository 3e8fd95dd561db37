package dev.weir.launcher;

import dev.weir.plugin.PluginCatalog.OfferEntry;
import dev.weir.plugin.PluginCatalog.PluginEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Plugins as a table for people: a line each with name, version and source, and a line for each kind of part that it offers.
 *
 * @param lines the table's lines
 */
record PluginTable(List<String> lines) {

    /** The table of these plugins, in their order. */
    static PluginTable of(List<PluginEntry> plugins) {
        int nameWidth = width("PLUGIN", plugins.stream().map(PluginEntry::name).toList());
        int versionWidth =
                width("VERSION", plugins.stream().map(PluginEntry::version).toList());
        String row = "%-" + nameWidth + "s  %-" + versionWidth + "s  %s";
        List<String> lines = new ArrayList<>();
        lines.add(row.formatted("PLUGIN", "VERSION", "FROM"));
        for (PluginEntry plugin : plugins) {
            lines.add(row.formatted(plugin.name(), plugin.version(), plugin.source()));
            byKind(plugin).forEach((kind, names) -> lines.add("    " + kind + ": " + String.join(", ", names)));
        }
        return new PluginTable(lines);
    }

    private static int width(String title, List<String> values) {
        return Math.max(
                title.length(), values.stream().mapToInt(String::length).max().orElse(0));
    }

    private static Map<String, List<String>> byKind(PluginEntry plugin) {
        return plugin.offers().stream()
                .collect(Collectors.groupingBy(
                        OfferEntry::kind, TreeMap::new, Collectors.mapping(OfferEntry::name, Collectors.toList())));
    }
}
