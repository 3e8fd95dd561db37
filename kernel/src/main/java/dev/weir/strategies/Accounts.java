package dev.weir.strategies;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * The numbers of the machine's users and groups: Java has no way to ask the system for them.
 *
 * @param users passwd(5)
 * @param groups group(5)
 */
record Accounts(Path users, Path groups) {
    /** In both files the fields are name, password, number. */
    private static final int NUMBER = 2;

    /** Those of this machine. */
    static Accounts ofThisMachine() {
        return new Accounts(Path.of("/etc/passwd"), Path.of("/etc/group"));
    }

    /** A user's number, given by its name or by itself; empty when there is no such name. */
    OptionalInt user(String name) {
        return number(users, name);
    }

    /** A group's number, given by its name or by itself; empty when there is no such name. */
    OptionalInt group(String name) {
        return number(groups, name);
    }

    private static OptionalInt number(Path file, String name) {
        OptionalInt itself = number(name);
        if (itself.isPresent()) {
            return itself;
        }
        for (String line : lines(file)) {
            String[] fields = line.split(":", -1);
            if (fields.length > NUMBER && fields[0].equals(name)) {
                return number(fields[NUMBER]);
            }
        }
        return OptionalInt.empty();
    }

    /** The kernel's are unsigned (credentials(7)). */
    private static OptionalInt number(String digits) {
        try {
            return digits.startsWith("+") ? OptionalInt.empty() : OptionalInt.of(Integer.parseUnsignedInt(digits));
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return List.of(); // Then no name is known, and the fault says where they are looked up.
        }
    }
}
