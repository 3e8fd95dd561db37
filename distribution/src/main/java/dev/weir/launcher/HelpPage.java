package dev.weir.launcher;

import java.util.List;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** Help that writes options as people do: {@code -D PATH=VALUE}, where picocli would put an equals sign before the value, too. */
final class HelpPage extends Help {

    HelpPage(CommandSpec command, ColorScheme colors) {
        super(command, colors);
    }

    @Override
    public IParamLabelRenderer parameterLabelRenderer() {
        return new IParamLabelRenderer() {
            @Override
            public Ansi.Text renderParameterLabel(ArgSpec argument, Ansi ansi, List<Ansi.IStyle> styles) {
                boolean takesValue = argument.arity().max() > 0;
                return ansi.new Text(takesValue ? separator() + argument.paramLabel() : "");
            }

            @Override
            public String separator() {
                return " ";
            }
        };
    }
}
