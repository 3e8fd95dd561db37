package dev.weir.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Counts the descriptors of this process that a transport may open. */
final class Descriptors {
    private static final Path OPEN = Path.of("/proc/self/fd");

    static {
        // The JDK opens a pair of sockets with its first channel and keeps it: no transport's.
        try (SocketChannel first = SocketChannel.open()) {
            first.configureBlocking(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Descriptors() {}

    /** Open sockets, pipes and event descriptors (proc(5)); 0 where there is no /proc. */
    static long open() throws IOException {
        if (!Files.isDirectory(OPEN)) {
            return 0;
        }
        try (Stream<Path> entries = Files.list(OPEN)) {
            List<Path> links = entries.toList();
            long count = 0;
            for (Path link : links) {
                count += isTransports(link) ? 1 : 0;
            }
            return count;
        }
    }

    private static boolean isTransports(Path link) throws IOException {
        try {
            String target = Files.readSymbolicLink(link).toString();
            return target.startsWith("socket:") || target.startsWith("pipe:") || target.startsWith("anon_inode:");
        } catch (NoSuchFileException e) {
            return false; // Closed since it was listed, such as the listing's own.
        }
    }
}
