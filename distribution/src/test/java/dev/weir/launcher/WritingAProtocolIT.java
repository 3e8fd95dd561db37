package dev.weir.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * docs/writing-a-protocol.md is true: its code is that of examples/greeter, which was built as a project of its own, and the jar answers
 * from a distribution as the page says.
 */
class WritingAProtocolIT {
    private static final Path PAGE = Path.of("../docs/writing-a-protocol.md");
    private static final Path EXAMPLE = Path.of("../examples/greeter");
    private static final Path JAR = Path.of("target/examples/greeter/target/greeter.jar");
    private static final Path DISTRIBUTION = Path.of("target/weir");

    @TempDir
    private Path folder;

    @Test
    void everyFileOfThePageIsTheFileOfTheExample() throws IOException {
        List<Document.Block> files = Document.read(PAGE).files();
        assertThat(files).hasSize(7);
        for (Document.Block file : files) {
            assertThat(file.text()).as(file.file()).isEqualTo(Files.readString(EXAMPLE.resolve(file.file())));
        }
    }

    @Test
    void theJarAnswersFromADistributionAsThePageSays() throws Exception {
        Shell.needs("nc");
        Shell.needs("curl");
        Path home = folder.resolve("weir");
        Shell.run("cp -R " + DISTRIBUTION.toAbsolutePath() + " " + home);
        Files.copy(JAR, home.resolve("plugins/greeter.jar"));
        List<String> servers = List.of("greeter", "interview", "rooms");
        try (RunningWeir weir =
                RunningWeir.start(home, EXAMPLE.resolve("greeter.conf"), servers, folder.resolve("log"))) {
            List<Document.Command> commands = Document.read(PAGE).commands();
            assertThat(commands).hasSize(4);
            for (Document.Command command : commands) {
                String line = command.line()
                        .replace(" 7100", " " + weir.port("greeter"))
                        .replace(" 7101", " " + weir.port("interview"))
                        .replace(":7102", ":" + weir.port("rooms"));
                assertThat(Shell.run(line)).as(line).isEqualTo(command.output());
            }
            assertThat(weir.stop()).isZero();
        }
    }
}
