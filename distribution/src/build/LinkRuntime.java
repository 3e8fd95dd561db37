import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Links the Java runtime that the distribution carries, from the JDK that runs this program. A step of the build, started from
 * source by the toolchain's {@code java}: Maven's own JVM may be too old to link one.
 *
 * <p>Arguments: the folder to make, and the modules it is to hold. Does nothing when the folder was made before from the same JDK
 * with the same modules; a link that broke half-way is made anew. Exit code 1, with the reason on standard error, when it fails.
 */
final class LinkRuntime {
    private static final List<String> OPTIONS = List.of(
            "--strip-debug",
            "--no-header-files",
            "--no-man-pages",
            "--compress=zip-6",
            // A distributor's JDK may have files of its own for certificates or settings; that is no reason not to link.
            "--ignore-modified-runtime");

    private LinkRuntime() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path runtime = Path.of(arguments[0]);
        String modules = arguments[1].replaceAll("\\s+", "");
        Path made = runtime.resolveSibling(runtime.getFileName() + ".made");
        String recipe = String.join("\n", System.getProperty("java.home"), Runtime.version().toString(), modules, OPTIONS + "\n");
        if (Files.isRegularFile(made) && Files.readString(made).equals(recipe) && Files.isDirectory(runtime)) {
            return;
        }
        Files.deleteIfExists(made);
        delete(runtime);
        link(runtime, modules);
        archiveClasses(runtime);
        Files.writeString(made, recipe);
        System.out.println("Linked a Java " + Runtime.version() + " runtime in " + runtime);
    }

    private static void link(Path runtime, String modules) {
        ToolProvider jlink = ToolProvider.findFirst("jlink")
                .orElseThrow(() -> failed("has no jlink; a whole JDK is needed, not a JRE", ""));
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        Stream<String> command = Stream.concat(
                OPTIONS.stream(), Stream.of("--add-modules", modules, "--output", runtime.toString()));
        if (jlink.run(out, out, command.toArray(String[]::new)) != 0) {
            throw failed("could not link " + modules, said.toString());
        }
    }

    /** Writes the archive of JDK classes that a JDK ships and a linked runtime lacks; every start is quicker for it. */
    private static void archiveClasses(Path runtime) throws IOException, InterruptedException {
        Process dump = new ProcessBuilder(runtime.resolve("bin").resolve("java").toString(), "-Xshare:dump")
                .redirectErrorStream(true)
                .start();
        String said = new String(dump.getInputStream().readAllBytes());
        if (dump.waitFor() != 0) {
            throw failed("linked a runtime that cannot archive its classes", said);
        }
    }

    private static IllegalStateException failed(String what, String said) {
        System.err.println("The JDK in " + System.getProperty("java.home") + " " + what + "\n" + said);
        System.exit(1);
        return new IllegalStateException(what);
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
