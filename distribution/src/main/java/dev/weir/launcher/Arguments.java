package dev.weir.launcher;

import dev.weir.settings.Nearest;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/**
 * The options that were given to a command. Read here rather than by a library, which by reflection took a third of a second of each
 * start. A value follows its option as the next word, after an equals sign ({@code --config=FILE}), or, for an option of one letter, at
 * once ({@code -cFILE}).
 */
final class Arguments {
    private final IdentityHashMap<CommandOption, List<String>> given = new IdentityHashMap<>();

    private Arguments() {}

    /**
     * Reads the words after the command.
     *
     * @throws UsageFault for an option that there is not, a value too many or too few, and what is no option
     */
    static Arguments parse(List<String> words, List<CommandOption> options) throws UsageFault {
        List<CommandOption> known = new ArrayList<>(options);
        known.add(CommandOption.HELP);
        Arguments read = new Arguments();
        int next = 0;
        while (next < words.size()) {
            String word = words.get(next++);
            CommandOption option = named(word, known);
            if (option == null) {
                read.withValueAttached(word, known);
            } else if (!option.takesValue()) {
                read.add(option, "");
            } else if (next == words.size() || named(words.get(next), known) != null) {
                throw new UsageFault(option.name() + ": a value is missing: " + option.label());
            } else {
                read.add(option, words.get(next++));
            }
        }
        return read;
    }

    private void withValueAttached(String word, List<CommandOption> known) throws UsageFault {
        int equals = word.indexOf('=');
        if (word.startsWith("--") && equals > 0) {
            CommandOption option = named(word.substring(0, equals), known);
            if (option != null && option.takesValue()) {
                add(option, word.substring(equals + 1));
                return;
            }
        } else if (word.startsWith("-") && word.length() > 2) {
            CommandOption option = named(word.substring(0, 2), known);
            if (option != null && option.takesValue()) {
                add(option, word.substring(word.charAt(2) == '=' ? 3 : 2));
                return;
            }
        }
        throw unknown(word, known);
    }

    private void add(CommandOption option, String value) throws UsageFault {
        List<String> values = given.computeIfAbsent(option, first -> new ArrayList<>());
        if (!values.isEmpty() && !option.repeatable()) {
            throw new UsageFault(option.name() + ": may be given only once");
        }
        values.add(value);
    }

    private static CommandOption named(String word, List<CommandOption> known) {
        for (CommandOption option : known) {
            if (option.is(word)) {
                return option;
            }
        }
        return null;
    }

    private static UsageFault unknown(String word, List<CommandOption> known) {
        if (!word.startsWith("-")) {
            return new UsageFault(word + ": this command takes options only");
        }
        List<String> names = known.stream().map(CommandOption::name).toList();
        return new UsageFault(word + ": there is no such option."
                + Nearest.of(word, names)
                        .map(near -> " Did you mean " + near + "?")
                        .orElse(""));
    }

    /** Whether this option was given. */
    boolean has(CommandOption option) {
        return given.containsKey(option);
    }

    /** The value of an option that is not repeatable. */
    Optional<String> value(CommandOption option) {
        return values(option).stream().findFirst();
    }

    /** The values of an option, in the order given. */
    List<String> values(CommandOption option) {
        return given.getOrDefault(option, List.of());
    }
}
