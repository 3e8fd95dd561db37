package dev.weir.launcher;

import dev.weir.settings.Nearest;
import java.io.PrintWriter;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.ParseException;

/** The command {@code weir}: chooses one of its commands by the first word, or prints help. */
final class WeirCommand {
    private static final List<Command> COMMANDS =
            List.of(new RunCommand(), new CheckCommand(), new PluginsCommand(), new VersionCommand());

    private static final String HELP = """
            Usage: weir [-hV] COMMAND
            A pluggable protocol server: config in, server out, protocols dropped in.
              -h, --help      Prints this help.
              -V, --version   Prints the version.

            Commands:
              run      Runs the servers of the configuration in the foreground, until
                         SIGTERM or SIGINT (Ctrl-C). The first signal drains: no new
                         connections, requests in flight are answered. A second one ends at
                         once.
              check    Reads configuration and plugins as 'weir run' does, and prints the
                         start-up report, or all faults at once. Opens no port.
              plugins  Lists what is plugged in, from which jars, and what a configuration
                         can choose of each.
              version  Prints the versions of Weir, Java and the system, as a bug report
                         needs them.
              help     Prints help for a command.

            Exit codes:
            """;

    private static final String EXAMPLES = """

            Examples:
              weir run                       run the servers of conf/weir.conf
              weir check -c my.conf          is my.conf in order? what would it run?
              weir run -c my.conf -D weir.event-loops=2
              weir help run
            """;

    private WeirCommand() {}

    /**
     * Does what the words say. What was asked for goes to standard output, what went wrong to standard error.
     *
     * @return the exit code
     */
    static int execute(List<String> words, Console console) {
        if (words.isEmpty()) {
            console.err().print(help());
            console.err().flush();
            return ExitCode.USAGE.number();
        }
        return switch (words.getFirst()) {
            case "-h", "--help" -> print(help(), console);
            case "-V", "--version" -> print(VersionCommand.line() + "\n", console);
            case "help" -> explain(words, console);
            default -> run(words, console);
        };
    }

    private static int explain(List<String> words, Console console) {
        if (words.size() == 1 || List.of("help", "-h", "--help").contains(words.get(1))) {
            return print(help(), console);
        }
        try {
            return print(named(words.get(1)).help(), console);
        } catch (ParseException e) {
            return FaultPrinter.usage(e, "weir", console.err());
        }
    }

    private static int run(List<String> words, Console console) {
        String page = "weir";
        try {
            Command command = named(words.getFirst());
            page = "weir " + command.name();
            CommandLine given = Arguments.parse(words.subList(1, words.size()), command.options());
            return given.hasOption(Arguments.HELP) ? print(command.help(), console) : command.run(given, console);
        } catch (ParseException e) {
            return FaultPrinter.usage(e, page, console.err());
        } catch (Exception e) {
            return FaultPrinter.fault(e, console.err());
        }
    }

    private static Command named(String word) throws ParseException {
        for (Command command : COMMANDS) {
            if (command.name().equals(word)) {
                return command;
            }
        }
        List<String> names = COMMANDS.stream().map(Command::name).toList();
        throw new ParseException(word + ": there is no such command. " + Nearest.hint(word, names));
    }

    private static int print(String text, Console console) {
        PrintWriter out = console.out();
        out.print(text);
        out.flush();
        return ExitCode.CLEAN.number();
    }

    private static String help() {
        StringBuilder page = new StringBuilder(HELP);
        for (ExitCode code : ExitCode.values()) {
            page.append(String.format("   %-5d%s%n", code.number(), code.meaning()));
        }
        return page.append(EXAMPLES).toString();
    }
}
