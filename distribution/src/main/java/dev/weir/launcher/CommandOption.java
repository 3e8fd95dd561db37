package dev.weir.launcher;

/**
 * An option of a command.
 *
 * @param name as it is written: {@code --config}, {@code -D}
 * @param letter a shorter name, {@code -c}; or empty
 * @param label what its value stands for in messages; or empty when it takes none
 * @param repeatable whether it may be given more than once
 */
record CommandOption(String name, String letter, String label, boolean repeatable) {
    static final CommandOption HELP = new CommandOption("--help", "-h", "", false);

    /** Whether a word is this option. */
    boolean is(String word) {
        return word.equals(name) || (!letter.isEmpty() && word.equals(letter));
    }

    /** Whether something must follow it. */
    boolean takesValue() {
        return !label.isEmpty();
    }
}
