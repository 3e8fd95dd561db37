package dev.weir.config;

import dev.weir.settings.Settings;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What becomes of the file of a Unix domain socket before anyone can connect to it.
 *
 * @param mode who may connect; empty: as the process's umask leaves it
 * @param user the owner's name; empty: the process's user
 * @param group the group's name; empty: the process's group, or the folder's
 */
public record UnixFileSettings(Optional<Set<PosixFilePermission>> mode, Optional<String> user, Optional<String> group) {
    private static final Pattern MODE = Pattern.compile("0?([0-7]{3})");
    private static final Pattern OWNER = Pattern.compile("([^:\\s]*)(?::([^:\\s]+))?");
    private static final String AUTO = "auto";

    static UnixFileSettings read(Settings socket) {
        return new UnixFileSettings(mode(socket), owner(socket, 1), owner(socket, 2));
    }

    /** True when the file is to stay as the system made it. */
    public boolean isEmpty() {
        return mode.isEmpty() && user.isEmpty() && group.isEmpty();
    }

    private static Optional<Set<PosixFilePermission>> mode(Settings socket) {
        String text = socket.string("unix-mode");
        Matcher digits = MODE.matcher(text);
        if (text.equals(AUTO) || text.isEmpty()) {
            return Optional.empty();
        }
        if (!digits.matches()) {
            socket.fault(
                    "unix-mode",
                    "is \"" + text + "\".",
                    "Write three octal digits in quotes, such as \"0660\", or auto.");
            return Optional.empty();
        }
        int bits = Integer.parseInt(digits.group(1), 8);
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        // The constants stand in the order of the bits, the highest first.
        PosixFilePermission[] all = PosixFilePermission.values();
        for (int i = 0; i < all.length; i++) {
            if ((bits & (1 << (all.length - 1 - i))) != 0) {
                permissions.add(all[i]);
            }
        }
        return Optional.of(permissions);
    }

    private static Optional<String> owner(Settings socket, int part) {
        String text = socket.string("unix-owner");
        Matcher names = OWNER.matcher(text);
        if (text.equals(AUTO) || text.isEmpty()) {
            return Optional.empty();
        }
        if (!names.matches()) {
            socket.fault(
                    "unix-owner", "is \"" + text + "\".", "Write \"USER\", \"USER:GROUP\" or \":GROUP\", or auto.");
            return Optional.empty();
        }
        return Optional.ofNullable(names.group(part)).filter(name -> !name.isEmpty());
    }
}
