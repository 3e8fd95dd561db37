package dev.weir.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A page of http-files in a real browser, with all that a page asks for; the browser has nothing to complain of. */
@Tag("kernel")
class BrowserIT {
    private static final Path DISTRIBUTION = Path.of("target/weir");
    private static final long MOST_SECONDS = 60;
    /** A picture of one pixel. */
    private static final String PIXEL =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void aPageWithAllItAsksForIsShownWithoutAComplaint(String transport) throws Exception {
        Shell.needs("chromium");
        Path root = Files.createDirectories(folder.resolve("site"));
        Files.writeString(root.resolve("index.html"), """
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8"><title>Weir</title>
                <link rel="icon" href="pixel.png"><link rel="stylesheet" href="style.css">
                <script type="module" src="page.js"></script></head>
                <body><img id="image" src="pixel.png" alt=""><p id="result">not yet</p></body></html>
                """);
        Files.writeString(root.resolve("style.css"), "#result { color: rgb(1, 2, 3) }\n");
        Files.writeString(root.resolve("text.js"), "export const text = 'grüße';\n");
        Files.writeString(root.resolve("data.json"), "{\"numbers\": [1, 2, 3]}\n");
        Files.write(root.resolve("pixel.png"), Base64.getDecoder().decode(PIXEL));
        Files.writeString(root.resolve("page.js"), """
                import { text } from './text.js';
                const data = await (await fetch('data.json')).json();
                const part = await fetch('text.js', { headers: { Range: 'bytes=0-5' } });
                const again = await fetch('data.json', { cache: 'no-cache' });
                await document.getElementById('image').decode();
                const colour = getComputedStyle(document.getElementById('result')).color;
                document.getElementById('result').textContent =
                    [text, data.numbers.length, part.status, await part.text(), again.status, colour].join(' | ');
                """);
        Path configuration = Files.writeString(folder.resolve("weir.conf"), """
                weir.transport = %s
                weir.event-loops = 1
                weir.servers.web { codec = http1, protocol { use = http-files, root = "%s" } }
                """.formatted(transport, root));
        try (RunningWeir weir = RunningWeir.start(DISTRIBUTION, configuration, List.of("web"), folder.resolve("log"))) {
            Path said = folder.resolve("browser");
            Process browser = new ProcessBuilder(
                            "chromium",
                            "--headless",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync",
                            "--user-data-dir=" + folder.resolve("profile"),
                            "--enable-logging=stderr",
                            "--virtual-time-budget=20000",
                            "--dump-dom",
                            "http://127.0.0.1:" + weir.port("web") + "/")
                    .redirectError(said.toFile())
                    .start();
            String page = new String(browser.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(browser.waitFor(MOST_SECONDS, TimeUnit.SECONDS))
                    .as("the browser has ended")
                    .isTrue();
            assertThat(page).contains("grüße | 3 | 206 | export | 200 | rgb(1, 2, 3)");
            assertThat(Files.readAllLines(said).stream().filter(line -> line.contains("CONSOLE")))
                    .as("what the page's console says")
                    .isEmpty();
            assertThat(weir.stop()).isZero();
        }
    }
}
