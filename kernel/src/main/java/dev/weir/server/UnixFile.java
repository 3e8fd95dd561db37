package dev.weir.server;

import dev.weir.config.UnixFileSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;

/** Gives the file of a Unix domain socket the mode and the owner that are configured. */
final class UnixFile {
    private UnixFile() {}

    /**
     * To be called between bind and listen: nobody can connect before.
     *
     * @throws IOException with a message for people
     */
    static void apply(UnixFileSettings wanted, Path file) throws IOException {
        if (wanted.isEmpty()) {
            return;
        }
        PosixFileAttributeView view =
                Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view == null) {
            throw new IOException("cannot set mode or owner of " + file + ": the file system has none");
        }
        UserPrincipalLookupService names = file.getFileSystem().getUserPrincipalLookupService();
        String name = "";
        try {
            if (wanted.group().isPresent()) {
                name = wanted.group().get();
                view.setGroup(names.lookupPrincipalByGroupName(name));
            }
            if (wanted.user().isPresent()) {
                name = wanted.user().get();
                view.setOwner(names.lookupPrincipalByName(name));
            }
            if (wanted.mode().isPresent()) {
                // chmod(2) follows links, where the others do not.
                if (view.readAttributes().isSymbolicLink()) {
                    throw new IOException("another process has put a link in its place");
                }
                Files.setPosixFilePermissions(file, wanted.mode().get());
            }
        } catch (UserPrincipalNotFoundException e) {
            throw new IOException("cannot give " + file + " to " + name + ": there is no such user or group", e);
        } catch (IOException e) {
            throw new IOException("cannot set mode or owner of " + file + ": " + e.getMessage(), e);
        }
    }
}
