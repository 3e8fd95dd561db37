package dev.weir.launcher;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.Layout;
import ch.qos.logback.core.LayoutBase;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.status.ErrorStatus;
import ch.qos.logback.core.status.NopStatusListener;
import ch.qos.logback.core.status.Status;
import ch.qos.logback.core.status.StatusUtil;
import dev.weir.protocols.http1.accesslog.AccessLog;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;

/**
 * Where log lines go: to standard error as {@link LogLine}s, from INFO up; the access log of HTTP servers to standard output, its lines
 * and nothing else, whatever the level of the others. Made in code, since reading XML would double the time of a
 * start. Who wants more (files, JSON, filters) puts a {@code logback.xml} into the installation's {@code conf/} folder; it then rules
 * alone. Logback finds this class by META-INF/services and calls it before the first line is logged.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class LogSetup extends ContextAwareBase implements Configurator {

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        Path own = Home.folder().map(home -> home.resolve("conf/logback.xml")).orElse(null);
        if (own != null && Files.isRegularFile(own)) {
            return readXml(context, own);
        }
        LogLine line = new LogLine();
        line.setContext(context);
        line.start();
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.addAppender(console(context, "stderr", "System.err", line));
        // Netty and Guice tell their whole inner life below this, with stack traces that mean no harm.
        root.setLevel(Level.INFO);
        BareLine bare = new BareLine();
        bare.setContext(context);
        bare.start();
        ch.qos.logback.classic.Logger access = context.getLogger(AccessLog.LOGGER);
        access.addAppender(console(context, "stdout", "System.out", bare));
        access.setLevel(Level.INFO);
        access.setAdditive(false);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static ConsoleAppender<ILoggingEvent> console(
            LoggerContext context, String name, String target, Layout<ILoggingEvent> layout) {
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setLayout(layout);
        encoder.start();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setName(name);
        console.setTarget(target);
        console.setEncoder(encoder);
        console.start();
        return console;
    }

    /** A message that is a line already. */
    private static final class BareLine extends LayoutBase<ILoggingEvent> {
        @Override
        public String doLayout(ILoggingEvent event) {
            return event.getFormattedMessage() + "\n";
        }
    }

    private static ExecutionStatus readXml(LoggerContext context, Path file) {
        JoranConfigurator xml = new JoranConfigurator();
        xml.setContext(context);
        try {
            xml.doConfigure(file.toFile());
        } catch (JoranException e) {
            context.getStatusManager().add(new ErrorStatus("cannot read " + file, LogSetup.class));
        }
        if (new StatusUtil(context).getHighestLevel(0) >= Status.ERROR) {
            // LogLevels tells them as faults; without a listener Logback would print all that it did, to standard
            // output.
            context.getStatusManager().add(new NopStatusListener());
        }
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
