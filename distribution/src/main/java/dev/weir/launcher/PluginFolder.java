package dev.weir.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that says where plugins are. */
final class PluginFolder {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--plugins",
            paramLabel = "DIR",
            description = "The folder of plugin jars. Default: plugins/ of this installation.")
    private Path chosen;

    /** The folder. One that was asked for must exist; the installation's own need not. */
    Optional<Path> path() {
        if (chosen != null && !Files.isDirectory(chosen)) {
            throw new ParameterException(command.commandLine(), "--plugins " + chosen + ": there is no such folder");
        }
        return Optional.ofNullable(chosen)
                .or(() -> Home.folder().map(home -> home.resolve("plugins")).filter(Files::isDirectory));
    }
}
