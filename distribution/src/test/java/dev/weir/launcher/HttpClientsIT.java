package dev.weir.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The clients that people really use, against http-demo: curl, and the three that load servers. */
@Tag("kernel")
class HttpClientsIT {
    private static final Path DISTRIBUTION = Path.of("target/weir");
    private static final int UPLOAD = 1_000_000;

    @TempDir
    private Path folder;

    private RunningWeir start(String transport) throws Exception {
        Path configuration = Files.writeString(folder.resolve("weir.conf"), """
                weir.transport = %s
                weir.event-loops = 1
                weir.servers.web { codec = http1, protocol = http-demo }
                """.formatted(transport));
        return RunningWeir.start(DISTRIBUTION, configuration, List.of("web"), folder.resolve("log"));
    }

    private static String url(RunningWeir weir) {
        return "http://127.0.0.1:" + weir.port("web");
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void curlKeepsItsConnectionUploadsAndAsksFirst(String transport) throws Exception {
        Shell.needs("curl");
        byte[] bytes = new byte[UPLOAD];
        new Random(1).nextBytes(bytes);
        Path upload = Files.write(folder.resolve("upload"), bytes);
        Path back = folder.resolve("back");
        try (RunningWeir weir = start(transport)) {
            String url = url(weir);
            String connects = Shell.run("curl -sS -o /dev/null -o /dev/null -w '%{num_connects} %{http_code}\\n' " + url
                    + "/plaintext " + url + "/json");
            assertThat(connects).isEqualTo("1 200\n0 200\n");

            String asked = Shell.run("curl -sS -v -H 'Expect: 100-continue' --data-binary @" + upload + " -o " + back
                    + " " + url + "/echo 2>&1");
            assertThat(asked).contains("HTTP/1.1 100 Continue").doesNotContain("Done waiting for 100-continue");
            assertThat(back).hasSameBinaryContentAs(upload);

            Shell.run("curl -sS -T - -o " + back + " " + url + "/echo < " + upload);
            assertThat(back).hasSameBinaryContentAs(upload);

            assertThat(Shell.run("curl -sS -I " + url + "/bytes/1000"))
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .contains("Content-Length: 1000\r\n");
            assertThat(Shell.run("curl -sS --http1.0 " + url + "/stream/2")).isEqualTo("line 1\nline 2\n");
            assertThat(Shell.run("curl -sS -L -o /dev/null -w '%{http_code}' " + url + "/status/302"))
                    .isEqualTo("200");
            assertThat(weir.stop()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void abSeesNoFailureWithAndWithoutKeepAlive(String transport) throws Exception {
        Shell.needs("ab");
        try (RunningWeir weir = start(transport)) {
            for (String keepAlive : List.of("-k", "")) {
                String said = Shell.run("ab -q " + keepAlive + " -n 10000 -c 20 " + url(weir) + "/plaintext 2>&1");
                assertThat(said)
                        .containsPattern("Complete requests: +10000\n")
                        .containsPattern("Failed requests: +0\n")
                        .doesNotContain("Non-2xx");
            }
            assertThat(weir.stop()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void wrkAndPipelinesOfH2loadSeeNoError(String transport) throws Exception {
        Shell.needs("wrk");
        Shell.needs("h2load");
        try (RunningWeir weir = start(transport)) {
            assertThat(Shell.run("wrk -t1 -c64 -d2s " + url(weir) + "/plaintext 2>&1"))
                    .contains("requests in")
                    .doesNotContain("Socket errors")
                    .doesNotContain("Non-2xx");
            assertThat(Shell.run("h2load --h1 -n 20000 -c 16 -m 8 " + url(weir) + "/json 2>&1"))
                    .contains("20000 succeeded, 0 failed, 0 errored, 0 timeout")
                    .contains("20000 2xx");
            assertThat(weir.stop()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void curlResumesADownload(String transport) throws Exception {
        Shell.needs("curl");
        byte[] bytes = new byte[UPLOAD];
        new Random(2).nextBytes(bytes);
        Path file = Files.write(Files.createDirectories(folder.resolve("files")).resolve("file"), bytes);
        Path configuration = Files.writeString(folder.resolve("weir.conf"), """
                weir.transport = %s
                weir.event-loops = 1
                weir.servers.web { codec = http1, protocol { use = http-files, root = "%s" } }
                """.formatted(transport, file.getParent()));
        try (RunningWeir weir = RunningWeir.start(DISTRIBUTION, configuration, List.of("web"), folder.resolve("log"))) {
            Path part = Files.write(folder.resolve("part"), Arrays.copyOf(bytes, UPLOAD / 3));
            assertThat(Shell.run("curl -sS -C - -o " + part + " -w '%{http_code}' " + url(weir) + "/file"))
                    .isEqualTo("206");
            assertThat(part).hasSameBinaryContentAs(file);
            assertThat(Shell.run("curl -sS -o /dev/null -w '%{http_code}' -z " + file + " " + url(weir) + "/file"))
                    .isEqualTo("304");
            assertThat(weir.stop()).isZero();
        }
    }
}
