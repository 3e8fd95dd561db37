package dev.weir.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.settings.ConfigFault;
import dev.weir.settings.ConfigFaults;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins of the class path: found and checked like anyone's. */
class ClassPathPluginsTest {
    @TempDir
    private Path scratch;

    @TempDir
    private Path lib;

    private final ConfigFaults faults = new ConfigFaults();

    @Test
    void jarsAndFoldersOfClassesAreFound() throws IOException {
        Path jar = PluginJar.of(scratch, "packed").in(lib, "packed.jar");
        Path folder = unpacked(
                PluginJar.of(scratch, "loose").manifest("Weir-Api", null).in(scratch, "loose.jar"));

        try (URLClassLoader base = classPath(jar, folder);
                PluginCatalog catalog = PluginCatalog.load(base, Optional.empty(), faults)) {
            assertThat(said()).isEmpty();
            assertThat(catalog.plugins())
                    .extracting(PluginCatalog.PluginEntry::source)
                    .contains(jar.toString(), folder.toString());
        }
    }

    @Test
    void theyFollowTheSameChecks() throws IOException {
        Path jar = PluginJar.of(scratch, "old").manifest("Weir-Api", "0").in(lib, "old.jar");

        try (URLClassLoader base = classPath(jar);
                PluginCatalog catalog = PluginCatalog.load(base, Optional.empty(), faults)) {
            assertThat(said())
                    .containsExactly(
                            jar + ": was built for version 0 of the plugin interface, and this Weir has 1. Build"
                                    + " it for this version of Weir, with the line \"Weir-Api: 1\" in META-INF/MANIFEST.MF.");
            assertThat(catalog.plugins())
                    .extracting(PluginCatalog.PluginEntry::name)
                    .doesNotContain("old");
        }
    }

    @Test
    void aNameOfTheClassPathCannotBeTakenAgain() throws IOException {
        Path jar = PluginJar.of(scratch, "twin").in(lib, "twin.jar");
        Path plugins = lib.resolve("plugins");
        Path other = new PluginJar(scratch)
                .source(
                        "other.Other",
                        "package other; public class Other implements dev.weir.plugin.Plugin {"
                                + " public String name() { return \"twin\"; }"
                                + " public dev.weir.plugin.PluginModule module() { return null; } }")
                .provider("other.Other")
                .in(plugins, "other.jar");

        try (URLClassLoader base = classPath(jar);
                PluginCatalog catalog = PluginCatalog.load(base, Optional.of(plugins), faults)) {
            assertThat(said())
                    .containsExactly(other + ": holds a plugin of the name twin, and so does " + jar
                            + ". Take one of the two away.");
            assertThat(catalog.plugins())
                    .extracting(PluginCatalog.PluginEntry::source)
                    .contains(jar.toString())
                    .doesNotContain(other.toString());
        }
    }

    @Test
    void aPluginOfTheFolderMayRequireOneOfTheClassPath() throws IOException {
        Path jar = PluginJar.of(scratch, "base").in(lib, "base.jar");
        Path plugins = lib.resolve("plugins");
        PluginJar.of(scratch, "upper").manifest("Weir-Requires", "base").in(plugins, "upper.jar");

        try (URLClassLoader base = classPath(jar);
                PluginCatalog catalog = PluginCatalog.load(base, Optional.of(plugins), faults)) {
            assertThat(said()).isEmpty();
            assertThat(catalog.plugins())
                    .extracting(PluginCatalog.PluginEntry::name)
                    .endsWith("base", "upper");
        }
    }

    private List<String> said() {
        return faults.all().stream().map(ConfigFault::toString).toList();
    }

    private URLClassLoader classPath(Path... entries) throws IOException {
        URL[] urls = new URL[entries.length];
        for (int i = 0; i < entries.length; i++) {
            urls[i] = entries[i].toUri().toURL();
        }
        return new URLClassLoader(urls, getClass().getClassLoader());
    }

    private Path unpacked(Path jar) throws IOException {
        Path folder = lib.resolve("classes with blanks");
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : file.stream().toList()) {
                Path target = folder.resolve(entry.getName());
                Files.createDirectories(target.getParent());
                Files.write(target, file.getInputStream(entry).readAllBytes());
            }
        }
        return folder;
    }
}
