package dev.weir.protocols.http1.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The directory that is served, and the only way to its files. Blocks; any thread.
 *
 * <p>What is found is below the root as the file system sees it, all links followed, unless links may lead out. Who may change the tree
 * while it is served is trusted not to race: a link is looked at before and after a file is opened, not while it is.
 */
final class DocumentRoot {
    /** PATH_MAX of Linux, the end of the text included. */
    private static final int LONGEST_PATH = 4095;

    private static final int MOST_BYTES_OF_A_CHARACTER = 4;

    private final Path root;
    private final boolean followLinks;
    private final boolean hidden;

    /**
     * A file or directory.
     *
     * @param path where it really is: no part of it was a link
     * @param attributes of what is there
     */
    record Entry(Path path, BasicFileAttributes attributes) {
        boolean isFile() {
            return attributes.isRegularFile();
        }

        boolean isDirectory() {
            return attributes.isDirectory();
        }
    }

    /**
     * @param followLinks whether links may lead out of it
     * @param hidden whether files may be reached whose names begin with a dot
     */
    DocumentRoot(Path root, boolean followLinks, boolean hidden) {
        this.root = root;
        this.followLinks = followLinks;
        this.hidden = hidden;
    }

    /**
     * What has these names, each below the one before.
     *
     * @return empty when nothing is there, or nothing that may be shown: a link that leads out, a hidden file behind a link, a device, a
     *     pipe or a socket
     * @throws java.nio.file.AccessDeniedException when the process may not look
     * @throws IOException when the file system fails, or the root is gone
     */
    Optional<Entry> find(List<String> names) throws IOException {
        Path realRoot = realRoot();
        Optional<Path> below = below(realRoot, names);
        if (below.isEmpty()) {
            return Optional.empty();
        }
        try {
            BasicFileAttributes attributes = Files.readAttributes(below.get(), BasicFileAttributes.class);
            Path path = below.get().toRealPath();
            boolean isShown = (attributes.isRegularFile() || attributes.isDirectory()) && isShown(realRoot, path);
            return isShown ? Optional.of(new Entry(path, attributes)) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** As {@link #find}, for what mostly is not there: costs less then. */
    Optional<Entry> findRare(List<String> names) throws IOException {
        Optional<Path> below = below(root, names);
        return below.isPresent() && Files.exists(below.get()) ? find(names) : Optional.empty();
    }

    /** Whether what was found is there still, and has not been written to. */
    boolean isStill(Entry entry) throws IOException {
        BasicFileAttributes before = entry.attributes();
        BasicFileAttributes now = Files.readAttributes(entry.path(), BasicFileAttributes.class);
        return Objects.equals(now.fileKey(), before.fileKey())
                && now.size() == before.size()
                && now.lastModifiedTime().equals(before.lastModifiedTime())
                && entry.path().toRealPath().equals(entry.path());
    }

    /** Asked for each time, since a deployment may turn a link from one directory to the next. */
    private Path realRoot() throws IOException {
        try {
            return root.toRealPath();
        } catch (NoSuchFileException e) {
            throw new IOException("the root " + root + " is not there any more", e);
        }
    }

    private static Optional<Path> below(Path root, List<String> names) {
        Path path = root;
        try {
            for (String name : names) {
                path = path.resolve(name);
            }
        } catch (InvalidPathException e) {
            // The locale's encoding of file names has no such character.
            return Optional.empty();
        }
        String text = path.toString();
        boolean isShort = text.length() <= LONGEST_PATH / MOST_BYTES_OF_A_CHARACTER
                || text.getBytes(StandardCharsets.UTF_8).length <= LONGEST_PATH;
        return isShort ? Optional.of(path) : Optional.empty();
    }

    private boolean isShown(Path realRoot, Path path) {
        if (!path.startsWith(realRoot)) {
            return followLinks;
        }
        if (hidden || path.equals(realRoot)) {
            return true;
        }
        for (Path name : realRoot.relativize(path)) {
            if (name.toString().startsWith(".")) {
                return false;
            }
        }
        return true;
    }
}
