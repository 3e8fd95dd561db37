package dev.weir.transport.nio;

import dev.weir.fault.Errno;
import dev.weir.transport.Endpoint;
import dev.weir.transport.ListenOptions;
import dev.weir.transport.SocketFile;
import dev.weir.transport.SocketOption;
import dev.weir.transport.TransportException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * A Unix domain socket's path, held by a socket that is bound and never listens; its file is replaced by the listening socket's at
 * {@link #listen()}. To another server that starts meanwhile the file looks stale, as any bound socket's does before listen(2).
 */
final class UnixReservation implements Reservation {
    private final Endpoint.Unix address;
    private final ListenOptions options;
    private final SocketChannel holder;
    private SocketFile file;

    private UnixReservation(Endpoint.Unix address, ListenOptions options, SocketChannel holder) throws IOException {
        this.address = address;
        this.options = options;
        this.holder = holder;
        this.file = SocketFile.at(address.path());
    }

    static UnixReservation of(Endpoint.Unix wanted, ListenOptions options) throws TransportException {
        String what = "cannot bind " + wanted;
        try {
            SocketChannel holder = SocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                SocketFile.removeStale(wanted.path());
                holder.bind(UnixDomainSocketAddress.of(wanted.path()));
                return new UnixReservation(wanted, options, holder);
            } catch (IOException | RuntimeException e) {
                holder.close();
                throw e;
            }
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            throw Failures.of(what, e);
        }
    }

    @Override
    public Endpoint address() {
        return address;
    }

    @Override
    public ServerSocketChannel listen() throws TransportException {
        try {
            ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                for (Map.Entry<SocketOption<?>, Object> option :
                        options.options().entrySet()) {
                    Options.setOnUnix(channel, option.getKey(), option.getValue());
                }
                // The JDK binds and listens in one call, and mode and owner are to be right before anyone can
                // connect. So it listens in a folder that nobody else may enter, and then its file is moved.
                Path folder = address.path().resolveSibling(address.path().getFileName() + "~");
                Path aside = folder.resolve("s");
                removeAside(folder, aside); // A process that was killed just here has left it.
                Files.createDirectory(folder, ownerAlone());
                try {
                    channel.bind(UnixDomainSocketAddress.of(aside), options.backlog());
                    moveIntoPlace(aside);
                } finally {
                    removeAside(folder, aside);
                }
                channel.configureBlocking(false);
                return channel;
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            release();
            throw Failures.of("cannot listen on " + address, e);
        } finally {
            closeHolder();
        }
    }

    private void moveIntoPlace(Path aside) throws IOException {
        if (!file.isThere()) {
            throw new TransportException(Errno.EADDRINUSE, "another process has taken " + address.path());
        }
        PosixFileAttributeView reserved = view(address.path());
        PosixFileAttributeView listening = view(aside);
        if (reserved != null && listening != null) {
            PosixFileAttributes wanted = reserved.readAttributes();
            PosixFileAttributes made = listening.readAttributes();
            if (!wanted.group().equals(made.group())) {
                listening.setGroup(wanted.group());
            }
            if (!wanted.owner().equals(made.owner())) {
                listening.setOwner(wanted.owner());
            }
            Files.setPosixFilePermissions(aside, wanted.permissions());
        }
        Files.move(aside, address.path(), StandardCopyOption.ATOMIC_MOVE);
        file = SocketFile.at(address.path());
    }

    private FileAttribute<?>[] ownerAlone() {
        return view(address.path()) == null
                ? new FileAttribute<?>[0]
                : new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                };
    }

    private static void removeAside(Path folder, Path aside) throws IOException {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.deleteIfExists(aside);
            Files.deleteIfExists(folder);
        }
    }

    private static PosixFileAttributeView view(Path path) {
        return Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    /** Removes the file if it is still this socket's. To be called before the listening channel is closed, see {@link SocketFile}. */
    @Override
    public void release() {
        removeFile();
        closeHolder();
    }

    private void removeFile() {
        try {
            file.remove();
        } catch (IOException e) {
            // The file stays and looks stale to the next server, which removes it.
        }
    }

    private void closeHolder() {
        try {
            holder.close();
        } catch (IOException e) {
            // close(2) gives the descriptor back whatever it answers.
        }
    }
}
