package dev.weir.launcher;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that is there while Weir serves: it appears when all servers listen and goes when Weir begins to stop. It holds the process
 * id and a line feed, and appears whole. Safe for use by all threads.
 */
final class ReadyFile {
    private static final Logger LOG = LoggerFactory.getLogger(ReadyFile.class);

    private final Path file;
    private boolean gone;

    private ReadyFile(Path file) {
        this.file = file;
    }

    /**
     * Prepares the place: a file left by a run that crashed must not say that this one is ready.
     *
     * @throws LaunchFault when no file can be made there
     */
    static ReadyFile at(Path file) throws LaunchFault {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new LaunchFault(ExitCode.CONFIGURATION, "--ready-file " + file + ": there is no folder " + folder);
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw fault(file, e);
        }
        return new ReadyFile(file);
    }

    /**
     * Says that Weir is ready, unless it already stops.
     *
     * @throws LaunchFault when the file cannot be written
     */
    synchronized void appear() throws LaunchFault {
        if (gone) {
            return;
        }
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.writeString(unfinished, ProcessHandle.current().pid() + "\n");
            try {
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(unfinished, file);
            }
        } catch (IOException e) {
            throw fault(file, e);
        }
    }

    /** Says that Weir is not ready any more; it will not appear again. Where that fails, a warning is logged: Weir stops all the same. */
    synchronized void vanish() {
        gone = true;
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("cannot delete the ready file, delete it by hand: {}", e.toString());
        }
    }

    private static LaunchFault fault(Path file, IOException e) {
        return new LaunchFault(ExitCode.CONFIGURATION, "--ready-file " + file + ": " + e);
    }
}
