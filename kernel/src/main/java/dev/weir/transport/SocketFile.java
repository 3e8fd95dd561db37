package dev.weir.transport;

import dev.weir.fault.Errno;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * For transports with Unix domain sockets: the file of one such socket, known by its file key (device and inode) and not by its name
 * alone. As long as the socket is open the inode is in use, so another file cannot have the same key: ask before the socket is closed.
 *
 * @param path its name
 * @param key its file key; null where the file system has none
 */
public record SocketFile(Path path, Object key) {
    /** S_IFMT and S_IFSOCK (inode(7)). */
    private static final int FILE_TYPE = 0170000;

    private static final int SOCKET = 0140000;

    /** The file that is at {@code path} now. */
    public static SocketFile at(Path path) throws IOException {
        return new SocketFile(path, attributes(path).fileKey());
    }

    /**
     * Makes room for a socket at {@code path}: removes a socket's file that no process listens on.
     *
     * @throws TransportException EADDRINUSE when somebody listens, ENOTSOCK when the file is no socket
     */
    public static void removeStale(Path path) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = attributes(path);
        } catch (NoSuchFileException e) {
            return;
        }
        if (!isSocket(path, attributes)) {
            throw new TransportException(
                    Errno.ENOTSOCK, path + " exists and is no socket; remove it or listen on another path");
        }
        requireStale(path);
        // Between that answer and the removal another server may have started; its file has another key.
        new SocketFile(path, attributes.fileKey()).remove();
    }

    /** Asks for the very type where the file system tells it; a connect to a pipe or a device looks like one to a stale socket. */
    private static boolean isSocket(Path path, BasicFileAttributes attributes) throws IOException {
        if (!attributes.isOther()
                || !path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return attributes.isOther();
        }
        int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        return (mode & FILE_TYPE) == SOCKET;
    }

    /** True when the file at the path is still this one. */
    public boolean isThere() throws IOException {
        try {
            Object keyNow = attributes(path).fileKey();
            return key == null || key.equals(keyNow);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Removes the file if it is still this one. */
    public void remove() throws IOException {
        if (isThere()) {
            Files.deleteIfExists(path);
        }
    }

    private static void requireStale(Path path) throws IOException {
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.configureBlocking(false);
            probe.connect(UnixDomainSocketAddress.of(path));
        } catch (IOException e) {
            switch (Errno.of(e)) {
                case ECONNREFUSED -> {
                    return;
                }
                case EAGAIN -> {
                    // Somebody listens whose backlog is full (unix(7)).
                }
                default -> throw e;
            }
        }
        throw new TransportException(Errno.EADDRINUSE, "another process listens on " + path);
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }
}
