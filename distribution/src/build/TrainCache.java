import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes the cache from which the distribution starts (JEP 483, JEP 514): runs it once as it is run later, by {@code bin/weir} with the
 * launcher's own flags, has it serve a little, and ends it, upon which the JVM writes down the classes it had loaded and linked. A
 * step of the build, started from source by the toolchain's {@code java}.
 *
 * <p>Arguments: the distribution's folder, the configuration to run, and where the cache is to be put. Does nothing when the cache was
 * made before of the same jars, the same script, the same runtime and by this very source. Exit code 1, with the reason on standard error, when it fails.
 */
final class TrainCache {
    private static final Pattern LISTEN = Pattern.compile("  listen +127\\.0\\.0\\.1:(\\d+)");
    private static final Pattern SERVER = Pattern.compile("server (\\S+)");
    private static final int REQUESTS = 200;
    private static final long MOST_SECONDS = 120;

    private TrainCache() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path home = Path.of(arguments[0]).toAbsolutePath();
        Path configuration = Path.of(arguments[1]);
        Path cache = Path.of(arguments[2]).toAbsolutePath();
        Path shipped = home.resolve("lib").resolve("weir.aot");
        Path made = cache.resolveSibling(cache.getFileName() + ".made");
        String recipe = recipe(home, configuration);
        if (!Files.isRegularFile(made) || !Files.isRegularFile(cache) || !Files.readString(made).equals(recipe)) {
            Files.createDirectories(cache.getParent());
            Files.deleteIfExists(made);
            Files.deleteIfExists(cache);
            Files.deleteIfExists(shipped);
            train(home, configuration, cache);
            Files.writeString(made, recipe);
            System.out.println("Trained a cache of " + Files.size(cache) / 1024 / 1024 + " MiB: " + cache);
        }
        Files.copy(cache, shipped, StandardCopyOption.REPLACE_EXISTING);
        String jars = jars(home);
        Files.writeString(cache.resolveSibling("weir.aot.jars"), jars);
        Files.writeString(shipped.resolveSibling("weir.aot.jars"), jars);
    }

    /** Name, size in bytes and time in seconds of each jar, as {@code bin/weir} looks at them before it takes the cache. */
    private static String jars(Path home) throws IOException {
        StringBuilder jars = new StringBuilder();
        try (Stream<Path> files = Files.list(home.resolve("lib"))) {
            for (Path jar : files.filter(each -> each.toString().endsWith(".jar")).sorted().toList()) {
                jars.append(jar.getFileName()).append(' ');
                jars.append(Files.size(jar)).append(' ');
                jars.append(Files.getLastModifiedTime(jar).to(TimeUnit.SECONDS)).append('\n');
            }
        }
        return jars.toString();
    }

    /** What the cache depends on. */
    private static String recipe(Path home, Path configuration) throws IOException {
        StringBuilder recipe = new StringBuilder();
        try (Stream<Path> jars = Files.list(home.resolve("lib"))) {
            for (Path jar : jars.filter(each -> each.toString().endsWith(".jar")).sorted().toList()) {
                recipe.append(jar).append(' ').append(digest(jar)).append('\n');
            }
        }
        // This source lies beside the configuration: what it does is a part of how the cache is made.
        Path own = configuration.resolveSibling("TrainCache.java");
        for (Path file : List.of(home.resolve("bin/weir"), home.resolve("runtime/lib/modules"), configuration, own)) {
            recipe.append(file).append(' ').append(digest(file)).append('\n');
        }
        return recipe.toString();
    }

    private static String digest(Path file) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(java.io.OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void train(Path home, Path configuration, Path cache) throws IOException, InterruptedException {
        Path log = cache.resolveSibling("training.log");
        ProcessBuilder command =
                new ProcessBuilder(home.resolve("bin/weir").toString(), "run", "-c", configuration.toString());
        command.environment().put("WEIR_AOT_OUTPUT", cache.toString());
        Process weir = command.redirectError(log.toFile()).start();
        try (BufferedReader report = weir.inputReader(StandardCharsets.UTF_8)) {
            String server = "";
            for (String line = report.readLine(); line != null && !line.contains("serving"); line = report.readLine()) {
                Matcher named = SERVER.matcher(line);
                Matcher listens = LISTEN.matcher(line);
                if (named.matches()) {
                    server = named.group(1);
                } else if (listens.matches()) {
                    talk(server, Integer.parseInt(listens.group(1)));
                    if (server.equals("last")) {
                        break;
                    }
                }
            }
            weir.destroy();
            if (!weir.waitFor(MOST_SECONDS, TimeUnit.SECONDS) || weir.exitValue() != 0 || !Files.isRegularFile(cache)) {
                throw new IOException("the training run made no cache; its log: " + Files.readString(log));
            }
        } finally {
            weir.destroyForcibly();
        }
    }

    private static void talk(String server, int port) {
        byte[] request = switch (server) {
            case "http" -> bytes("GET /plaintext HTTP/1.1\r\nHost: localhost\r\n\r\n");
            case "lines" -> bytes("hello\n");
            case "frames" -> bytes("\0\0\0\5hello");
            default -> bytes("hello");
        };
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            for (int i = 0; i < REQUESTS; i++) {
                socket.getOutputStream().write(request);
                if (socket.getInputStream().read(new byte[4096]) < 0) {
                    throw new IOException("server " + server + " closed in the training run");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
