package dev.weir.launcher;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/** The command {@code weir}. */
@Command(
        name = "weir",
        subcommands = {
            RunCommand.class,
            CheckCommand.class,
            PluginsCommand.class,
            VersionCommand.class,
            HelpCommand.class
        },
        description = "A pluggable protocol server: config in, server out, protocols dropped in.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  weir run                       run the servers of conf/weir.conf",
            "  weir check -c my.conf          is my.conf in order? what would it run?",
            "  weir run -c my.conf -D weir.event-loops=2",
            "  weir help run"
        })
final class WeirCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USAGE.number();
    }

    /** The command line, ready to execute. Help goes to {@code out}, what went wrong to {@code err}. */
    static CommandLine commandLine(PrintWriter out, PrintWriter err) {
        CommandLine commandLine = new CommandLine(new WeirCommand());
        commandLine.setOut(out);
        commandLine.setErr(err);
        addHelp(commandLine);
        commandLine
                .getCommandSpec()
                .versionProvider(() -> new String[] {VersionCommand.line()})
                .addOption(OptionSpec.builder("-V", "--version")
                        .versionHelp(true)
                        .description("Prints the version.")
                        .build());
        commandLine
                .getCommandSpec()
                .usageMessage()
                .exitCodeList(Arrays.stream(ExitCode.values())
                        .collect(
                                LinkedHashMap::new,
                                (codes, code) -> codes.put(" " + code.number(), code.meaning()),
                                LinkedHashMap::putAll));
        commandLine.getSubcommands().get("help").getCommandSpec().usageMessage().header("Prints help for a command.");
        commandLine.setHelpFactory(HelpPage::new);
        commandLine.setParameterExceptionHandler(FaultPrinter::usage);
        commandLine.setExecutionExceptionHandler(FaultPrinter::fault);
        return commandLine;
    }

    private static void addHelp(CommandLine command) {
        if (!command.getCommandSpec().helpCommand()) {
            command.getCommandSpec()
                    .addOption(OptionSpec.builder("-h", "--help")
                            .usageHelp(true)
                            .description("Prints this help.")
                            .build());
        }
        command.getSubcommands().values().forEach(WeirCommand::addHelp);
    }
}
