package dev.weir.plugin;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * A jar or a folder of classes that may hold plugins, and what it says of itself. Everything is read from it alone, never through
 * a class loader, which would find the files of others.
 *
 * @param path the jar or the folder
 * @param isJar whether it is a jar; a folder of classes, as a build leaves it, has no manifest yet
 * @param api what its manifest says of {@code Weir-Api}
 * @param requires the plugins whose types it uses ({@code Weir-Requires})
 * @param version its {@code Implementation-Version}, or "unknown"
 * @param providers the classes that it names as plugins
 * @param reference the text of its {@code reference.conf}
 */
record PluginSource(
        Path path,
        boolean isJar,
        Optional<String> api,
        List<String> requires,
        String version,
        List<String> providers,
        Optional<String> reference) {
    /** The file that names a jar's plugins. */
    static final String SERVICES = "META-INF/services/" + Plugin.class.getName();

    private static final String REFERENCE = "reference.conf";
    private static final Path KERNEL = originOf(PluginSource.class).orElse(Path.of("kernel"));

    /** Reads one. Throws IOException, also for what is no jar. */
    static PluginSource read(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return of(path, false, entry -> file(path.resolve(entry)));
        }
        try (JarFile jar = new JarFile(path.toFile(), false)) {
            return of(path, true, entry -> zipped(jar, entry));
        }
    }

    /** The source that holds the kernel's own classes. */
    static PluginSource kernel() throws IOException {
        return read(KERNEL);
    }

    /**
     * The jar or folder from which a class was loaded, where it says so. By the class's file: the code source of one that comes from a
     * cache of classes (JEP 483) is the place at which the cache was made.
     */
    static Optional<Path> originOf(Class<?> type) {
        String file = type.getName().replace('.', '/') + ".class";
        URL found = type.getResource("/" + file);
        try {
            return found == null ? Optional.empty() : Optional.of(rootOf(found, file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The jar or folder in which a file of this name stands at this address. */
    static Path rootOf(URL found, String name) throws IOException {
        try {
            if (found.openConnection() instanceof JarURLConnection connection) {
                return Path.of(connection.getJarFileURL().toURI());
            }
            String address = found.toString();
            return Path.of(new URI(address.substring(0, address.length() - name.length())));
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new IOException("neither a jar nor a folder: " + found, e);
        }
    }

    /** Whether this is the kernel itself. */
    boolean isKernel() {
        return path.equals(KERNEL);
    }

    /** How messages and reports call it. */
    String label() {
        return isKernel() ? "built in" : path.toString();
    }

    private static PluginSource of(Path path, boolean isJar, Entries entries) throws IOException {
        Attributes says = new Attributes();
        Optional<byte[]> manifest = entries.read(JarFile.MANIFEST_NAME);
        if (manifest.isPresent()) {
            says = new Manifest(new ByteArrayInputStream(manifest.get())).getMainAttributes();
        }
        String version = says.getValue(Attributes.Name.IMPLEMENTATION_VERSION);
        return new PluginSource(
                path,
                isJar,
                Optional.ofNullable(says.getValue("Weir-Api")).map(String::strip),
                words(says.getValue("Weir-Requires")),
                version == null ? "unknown" : version,
                providers(entries.read(SERVICES).map(PluginSource::text).orElse("")),
                entries.read(REFERENCE).map(PluginSource::text));
    }

    /** The lines of a provider file without comments, as {@link java.util.ServiceLoader} reads them. */
    private static List<String> providers(String file) {
        return file.lines()
                .map(line -> line.split("#", 2)[0].strip())
                .filter(line -> !line.isEmpty())
                .distinct()
                .toList();
    }

    private static List<String> words(String list) {
        return list == null
                ? List.of()
                : List.of(list.split(",", -1)).stream()
                        .map(String::strip)
                        .filter(word -> !word.isEmpty())
                        .distinct()
                        .toList();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static Optional<byte[]> file(Path file) throws IOException {
        return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    }

    private static Optional<byte[]> zipped(JarFile jar, String name) throws IOException {
        JarEntry entry = jar.getJarEntry(name);
        if (entry == null) {
            return Optional.empty();
        }
        try (var in = jar.getInputStream(entry)) {
            return Optional.of(in.readAllBytes());
        }
    }

    /** The files of a jar or a folder. */
    @FunctionalInterface
    private interface Entries {
        Optional<byte[]> read(String name) throws IOException;
    }
}
