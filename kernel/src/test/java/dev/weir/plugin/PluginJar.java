package dev.weir.plugin;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** Builds a plugin's jar as an outsider's build would: from sources, with the real compiler. */
public final class PluginJar {
    /** Kept, so that the class path is read once; used by one test at a time. */
    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    private static final StandardJavaFileManager FILES =
            COMPILER.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8);
    private static final List<Path> CLASS_PATH = classPath();

    private final Path scratch;
    private final Map<String, String> manifest = new LinkedHashMap<>(Map.of("Weir-Api", "1"));
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final List<JavaFileObject> sources = new ArrayList<>();
    private final List<Path> libraries = new ArrayList<>();
    private Consumer<Map<String, byte[]>> afterwards = files -> {};

    /** @param scratch an empty folder to compile into */
    public PluginJar(Path scratch) {
        this.scratch = scratch;
    }

    /** A plugin that offers a protocol which does nothing. Class and package are named after it. */
    public static PluginJar of(Path scratch, String name) {
        return new PluginJar(scratch).plugin(name, "");
    }

    /** A plugin of this name whose module states these offers, in Java. */
    public PluginJar plugin(String name, String offers) {
        String type = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        String inPackage = name.toLowerCase(Locale.ROOT);
        return source(inPackage + "." + type, """
                        package %s;
                        import dev.weir.lifecycle.AcceptPolicy;
                        import dev.weir.lifecycle.PolicyKind;
                        import dev.weir.plugin.FromSettings;
                        import dev.weir.plugin.Plugin;
                        import dev.weir.plugin.PluginModule;
                        import dev.weir.settings.Settings;
                        public class %s implements Plugin {
                            public String name() { return "%s"; }
                            public PluginModule module() {
                                return new PluginModule() {
                                    protected void offers() { %s }
                                };
                            }
                        }
                        """.formatted(inPackage, type, name, offers))
                .provider(inPackage + "." + type);
    }

    /** Adds a source. */
    public PluginJar source(String type, String text) {
        sources.add(new Source(type, text));
        return this;
    }

    /** Names a class as a plugin. */
    public PluginJar provider(String type) {
        files.merge(
                PluginSource.SERVICES,
                (type + "\n").getBytes(StandardCharsets.UTF_8),
                (a, b) -> (new String(a, StandardCharsets.UTF_8) + new String(b, StandardCharsets.UTF_8))
                        .getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Adds a file. */
    public PluginJar file(String name, String text) {
        files.put(name, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Adds a class that has nothing but its name, whatever the compiler would say of the name. */
    public PluginJar emptyClass(String type) {
        files.put(type.replace('.', '/') + ".class", ClassFile.of().build(ClassDesc.of(type), built -> {}));
        return this;
    }

    /** Sets a line of the manifest; null takes it out. */
    public PluginJar manifest(String key, String value) {
        if (value == null) {
            manifest.remove(key);
        } else {
            manifest.put(key, value);
        }
        return this;
    }

    /** A jar to compile against, which does not come with this one. */
    public PluginJar against(Path library) {
        libraries.add(library);
        return this;
    }

    /** Leaves a compiled class out. */
    public PluginJar without(String type) {
        afterwards = afterwards.andThen(all -> all.remove(type.replace('.', '/') + ".class"));
        return this;
    }

    /** Changes a compiled class. */
    public PluginJar with(String type, Consumer<byte[]> change) {
        afterwards = afterwards.andThen(all -> change.accept(all.get(type.replace('.', '/') + ".class")));
        return this;
    }

    /** Writes the jar. */
    public Path in(Path folder, String name) {
        try {
            Map<String, byte[]> all = new LinkedHashMap<>(files);
            all.putAll(compiled());
            afterwards.accept(all);
            Files.createDirectories(folder);
            Path jar = folder.resolve(name);
            try (OutputStream out = Files.newOutputStream(jar);
                    JarOutputStream entries = new JarOutputStream(out, manifest())) {
                for (Map.Entry<String, byte[]> file : all.entrySet()) {
                    entries.putNextEntry(new ZipEntry(file.getKey()));
                    entries.write(file.getValue());
                    entries.closeEntry();
                }
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Manifest manifest() {
        Manifest made = new Manifest();
        made.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.forEach((key, value) -> made.getMainAttributes().putValue(key, value));
        return made;
    }

    private static List<Path> classPath() {
        List<Path> entries = new ArrayList<>();
        FILES.getLocationAsPaths(StandardLocation.CLASS_PATH).forEach(entries::add);
        return entries;
    }

    private Map<String, byte[]> compiled() throws IOException {
        Map<String, byte[]> classes = new LinkedHashMap<>();
        if (sources.isEmpty()) {
            return classes;
        }
        Path out = Files.createTempDirectory(scratch, "classes");
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        List<Path> classPath = new ArrayList<>(libraries);
        classPath.addAll(CLASS_PATH);
        FILES.setLocationFromPaths(StandardLocation.CLASS_PATH, classPath);
        FILES.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(out));
        if (!COMPILER.getTask(null, FILES, said, List.of("-proc:none"), null, sources)
                .call()) {
            throw new IllegalStateException(said.getDiagnostics().toString());
        }
        try (var found = Files.walk(out)) {
            for (Path file : found.filter(Files::isRegularFile).sorted().toList()) {
                classes.put(out.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
        return classes;
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String type, String text) {
            super(URI.create("string:///" + type.replace('.', '/') + Kind.SOURCE.extension), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
