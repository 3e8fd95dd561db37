package dev.weir.launcher;

import dev.weir.settings.Nearest;
import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;

/** What follows a command: its options, and faults of them in words for the person at the keyboard. */
final class Arguments {
    /** Every command has it. */
    static final Option HELP = Option.builder("h").longOpt("help").get();

    private Arguments() {}

    /**
     * Reads the words after the command.
     *
     * @throws ParseException for an option that there is not, a value that is missing, and what is no option
     */
    static CommandLine parse(List<String> words, Options options) throws ParseException {
        // A shortened name would mean another option, or none, once a later version has one more.
        DefaultParser parser = DefaultParser.builder()
                .setAllowPartialMatching(false)
                .setStripLeadingAndTrailingQuotes(false)
                .get();
        requireOneWord(words, options);
        CommandLine given;
        try {
            given = parser.parse(options, words.toArray(String[]::new));
        } catch (UnrecognizedOptionException e) {
            List<String> names =
                    options.getOptions().stream().map(Arguments::name).toList();
            throw new ParseException(e.getOption() + ": there is no such option."
                    + Nearest.of(e.getOption(), names)
                            .map(near -> " Did you mean " + near + "?")
                            .orElse(""));
        } catch (MissingArgumentException e) {
            throw new ParseException(name(e.getOption()) + ": a value is missing: "
                    + e.getOption().getArgName());
        }
        if (!given.getArgList().isEmpty()) {
            throw new ParseException(given.getArgList().getFirst() + ": this command takes options only");
        }
        return given;
    }

    /** The library would take "-D weir.event-loops 2" for "-D weir.event-loops=2". */
    private static void requireOneWord(List<String> words, Options options) throws ParseException {
        for (int i = 0; i + 1 < words.size(); i++) {
            Option option = words.get(i).startsWith("-") ? options.getOption(words.get(i)) : null;
            if (option != null
                    && option.hasValueSeparator()
                    && words.get(i + 1).indexOf(option.getValueSeparator()) <= 0) {
                throw new ParseException(words.get(i) + " " + words.get(i + 1) + ConfigurationOptions.EXPECTED);
            }
        }
    }

    /** The value of an option that may be given only once. */
    static Optional<String> value(CommandLine given, Option option) throws ParseException {
        String[] values = given.getOptionValues(option);
        if (values == null) {
            return Optional.empty();
        }
        if (values.length > 1) {
            throw new ParseException(name(option) + ": may be given only once");
        }
        return Optional.of(values[0]);
    }

    private static String name(Option option) {
        return option.hasLongOpt() ? "--" + option.getLongOpt() : "-" + option.getOpt();
    }
}
