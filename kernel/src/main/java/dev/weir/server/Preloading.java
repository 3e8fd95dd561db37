package dev.weir.server;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the classes of Weir, of its transport and of its launcher before there are connections. To load a class the JVM may have to open a file, which
 * it cannot do when the descriptors are gone; and a class that could once not be loaded is missing for good. Once for a process.
 */
public final class Preloading {
    private static final Logger LOG = LoggerFactory.getLogger(Preloading.class);
    private static final String CLASS = ".class";
    private static final Set<Path> LOADED = ConcurrentHashMap.newKeySet();

    private Preloading() {}

    /** Loads what stands in the same jar or folder as this class, under its package. Does not fail: what cannot be loaded is left. */
    public static void everythingWith(Class<?> one) {
        String folder = one.getPackageName().replace('.', '/') + "/";
        // By the class's file: the code source of one that comes from a cache of classes is the place at which the
        // cache was made.
        URL found = one.getResource(one.getSimpleName() + CLASS);
        if (found == null) {
            return;
        }
        try {
            Path place = place(found, folder + one.getSimpleName() + CLASS);
            if (LOADED.add(place)) {
                load(namesIn(place).filter(name -> name.startsWith(folder)).toList(), one.getClassLoader());
            }
        } catch (IOException | URISyntaxException | RuntimeException e) {
            LOG.debug("the classes of {} are loaded when they are needed: {}", found, e.toString());
        }
    }

    private static Path place(URL found, String file) throws IOException, URISyntaxException {
        if (found.openConnection() instanceof JarURLConnection jar) {
            return Path.of(jar.getJarFileURL().toURI());
        }
        String address = found.toString();
        return Path.of(new URI(address.substring(0, address.length() - file.length())));
    }

    /** The files of a folder or a jar, with slashes. */
    private static Stream<String> namesIn(Path place) throws IOException {
        if (Files.isDirectory(place)) {
            try (Stream<Path> files = Files.walk(place)) {
                return files.map(file -> place.relativize(file).toString().replace('\\', '/')).toList().stream();
            }
        }
        try (JarFile jar = new JarFile(place.toFile())) {
            return jar.stream().map(JarEntry::getName).toList().stream();
        }
    }

    private static void load(List<String> files, ClassLoader loader) {
        for (String file : files) {
            if (!file.endsWith(CLASS) || file.endsWith("-info.class")) {
                continue;
            }
            String name = file.substring(0, file.length() - CLASS.length()).replace('/', '.');
            try {
                Class.forName(name, false, loader);
            } catch (ClassNotFoundException | LinkageError e) {
                LOG.debug("{} cannot be loaded beforehand: {}", name, e.toString());
            }
        }
    }
}
