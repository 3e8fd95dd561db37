package dev.weir.protocols.http1.files;

import dev.weir.transport.FileRegion;
import java.io.IOException;
import java.nio.file.Path;

/** Opens parts of files; {@link FileRegion#open} is the one that is used. */
@FunctionalInterface
interface FileOpener {

    /**
     * Opens one.
     *
     * @throws IOException such as that of a process which has no more descriptors
     */
    FileRegion open(Path path, long position, long count) throws IOException;
}
