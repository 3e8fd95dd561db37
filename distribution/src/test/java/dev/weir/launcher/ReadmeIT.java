package dev.weir.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of README, typed as it has them, print what it says, on the default configuration. */
class ReadmeIT {
    private static final Path README = Path.of("../README.md");
    private static final Path HOME = Path.of("target/weir");
    private static final Map<Integer, String> SERVERS =
            Map.of(7001, "frames", 7002, "lines", 7080, "http", 7864, "chargen");

    @TempDir
    private Path folder;

    @Test
    void itsCommandsPrintWhatItSays() throws Exception {
        Shell.needs("nc");
        Shell.needs("curl");
        List<Document.Command> commands = Document.read(README).commands();
        assertThat(commands).hasSize(4);
        Path configuration = HOME.resolve("conf/weir.conf");
        // The servers that README does not talk to are moved to free ports too: their usual ones may be taken.
        List<String> all = List.of("frames", "lines", "raw", "http", "echo", "discard", "chargen", "daytime", "time");
        try (RunningWeir weir = RunningWeir.start(HOME, configuration, all, folder.resolve("log"))) {
            for (Document.Command command : commands) {
                String line = command.line();
                for (Map.Entry<Integer, String> server : SERVERS.entrySet()) {
                    line = line.replaceAll("([ :])" + server.getKey(), "$1" + weir.port(server.getValue()));
                }
                assertThat(Shell.run(line)).as(line).isEqualTo(command.output());
            }
            assertThat(weir.stop()).isZero();
        }
    }
}
