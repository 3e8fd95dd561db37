package dev.weir.plugin;

import dev.weir.settings.ConfigFault;
import dev.weir.settings.ConfigFaults;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Looks through the plugin folder: each jar, and each folder of jars, stands for itself and has a class loader of its own. */
final class PluginFolder {
    private PluginFolder() {}

    /**
     * A jar or a folder of jars, not yet loaded.
     *
     * @param sources those of its jars that name plugins
     * @param loader the classes of all its jars
     */
    record Item(List<PluginSource> sources, PluginClassLoader loader) {
        /** The plugins that it requires. */
        List<String> requires() {
            return sources.stream()
                    .flatMap(source -> source.requires().stream())
                    .distinct()
                    .toList();
        }
    }

    /** What the folder holds, in the order of the file names. A folder that is not there holds nothing. */
    static List<Item> look(Path folder, ClassLoader classPath, ConfigFaults faults) {
        List<Item> items = new ArrayList<>();
        for (Path entry : entries(folder, faults)) {
            if (Files.isDirectory(entry)) {
                item(
                        entry,
                        entries(entry, faults).stream()
                                .filter(PluginFolder::isJar)
                                .toList(),
                        classPath,
                        faults,
                        items);
            } else if (isJar(entry)) {
                item(entry, List.of(entry), classPath, faults, items);
            }
        }
        return items;
    }

    private static void item(
            Path entry, List<Path> jars, ClassLoader classPath, ConfigFaults faults, List<Item> items) {
        List<PluginSource> sources = new ArrayList<>();
        List<URL> urls = new ArrayList<>();
        boolean allReadable = true;
        for (Path jar : jars) {
            try {
                PluginSource source = PluginSource.read(jar);
                urls.add(jar.toUri().toURL());
                if (!source.providers().isEmpty()) {
                    sources.add(source);
                }
            } catch (MalformedURLException e) {
                throw new IllegalStateException("every path has an address: " + jar, e);
            } catch (IOException e) {
                allReadable = false;
                LoadFailure failure = LoadFailure.unreadable(e);
                fault(jar, failure.problem(), failure.cure(), faults);
            }
        }
        if (allReadable && sources.isEmpty()) {
            fault(
                    entry,
                    "holds no plugin: there is no " + PluginSource.SERVICES + " that names one.",
                    "If it is a library, put it into the folder of the plugin that needs it (plugins/NAME/*.jar).",
                    faults);
        } else if (allReadable) {
            items.add(new Item(List.copyOf(sources), new PluginClassLoader(entry.toString(), urls, classPath)));
        }
    }

    private static List<Path> entries(Path folder, ConfigFaults faults) {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> !entry.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (NotDirectoryException e) {
            fault(folder, "is no folder.", "Name the folder in which plugins lie.", faults);
            return List.of();
        } catch (IOException e) {
            LoadFailure failure = LoadFailure.unreadable(e);
            fault(folder, failure.problem(), failure.cure(), faults);
            return List.of();
        }
    }

    private static boolean isJar(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".jar");
    }

    private static void fault(Path where, String problem, String cure, ConfigFaults faults) {
        faults.add(new ConfigFault(where.toString(), "", problem, cure));
    }
}
