package dev.weir.launcher;

import dev.weir.server.Weir;
import dev.weir.server.WeirBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say what to run. */
final class ConfigurationOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The configuration. Default: conf/weir.conf of this installation.")
    private Path file;

    @Option(
            names = "-D",
            paramLabel = "PATH=VALUE",
            description = "Sets one key over the configuration; the value is HOCON. May be repeated.")
    private List<String> overrides = List.of();

    @Mixin
    private PluginFolder plugins;

    /** Hands the options on. */
    WeirBuilder builder() {
        WeirBuilder builder = Weir.builder().configFile(configFile());
        for (String override : overrides) {
            if (override.indexOf('=') <= 0) {
                throw new ParameterException(
                        command.commandLine(), "-D " + override + ": expected PATH=VALUE, as in -D weir.event-loops=2");
            }
            builder.override(override);
        }
        plugins.path().ifPresent(builder::pluginFolder);
        return builder;
    }

    private Path configFile() {
        return Optional.ofNullable(file)
                .or(() -> Home.folder().map(home -> home.resolve("conf").resolve("weir.conf")))
                .orElseThrow(() -> new ParameterException(
                        command.commandLine(), "Give the configuration with -c FILE: only bin/weir knows a default"));
    }
}
