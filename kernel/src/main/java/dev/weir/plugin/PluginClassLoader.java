package dev.weir.plugin;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/**
 * The classes of one jar, or of the jars of one folder, over the class path. The JDK's own classes and the types that plugins and
 * Weir speak to each other with come from the class path first; for all else the plugin's own jars come first, then the plugins
 * that it requires, then the class path. So a plugin may bring its own version of a library.
 *
 * <p>Guava is not shared, though Guice uses it: no type of Guava stands in Guice's public signatures.
 */
final class PluginClassLoader extends URLClassLoader {
    private static final List<String> SHARED = List.of(
            "dev.weir.", "io.netty.", "com.google.inject.", "jakarta.inject.", "com.typesafe.config.", "org.slf4j.");

    private static final ClassLoader JDK = ClassLoader.getPlatformClassLoader();

    static {
        registerAsParallelCapable();
    }

    private volatile List<PluginClassLoader> required = List.of();

    PluginClassLoader(String name, List<URL> jars, ClassLoader classPath) {
        super("plugin " + name, jars.toArray(URL[]::new), classPath);
    }

    /** The loaders of the plugins that this one requires. To be set before its first class is loaded. */
    void require(List<PluginClassLoader> others) {
        required = List.copyOf(others);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> found = isShared(name) ? sharedFirst(name) : ownFirst(name);
            if (resolve) {
                resolveClass(found);
            }
            return found;
        }
    }

    @Override
    public URL getResource(String name) {
        URL own = findResource(name);
        return own != null ? own : getParent().getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        List<URL> all = new ArrayList<>(Collections.list(findResources(name)));
        all.addAll(Collections.list(getParent().getResources(name)));
        return Collections.enumeration(all);
    }

    private static boolean isShared(String name) {
        return SHARED.stream().anyMatch(name::startsWith) || JDK.getResource(name.replace('.', '/') + ".class") != null;
    }

    private Class<?> sharedFirst(String name) throws ClassNotFoundException {
        try {
            return getParent().loadClass(name);
        } catch (ClassNotFoundException notThere) {
            return ownOrRequired(name);
        }
    }

    private Class<?> ownFirst(String name) throws ClassNotFoundException {
        try {
            return ownOrRequired(name);
        } catch (ClassNotFoundException notThere) {
            if (notThere.getCause() != null) {
                throw notThere; // It is there and cannot be read: another version of it would be worse than none.
            }
            return getParent().loadClass(name);
        }
    }

    private Class<?> ownOrRequired(String name) throws ClassNotFoundException {
        try {
            return own(name);
        } catch (ClassNotFoundException notHere) {
            for (PluginClassLoader other : required) {
                try {
                    return other.own(name);
                } catch (ClassNotFoundException notThere) {
                    notHere.addSuppressed(notThere);
                }
            }
            throw notHere;
        }
    }

    private Class<?> own(String name) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : findClass(name);
        }
    }
}
