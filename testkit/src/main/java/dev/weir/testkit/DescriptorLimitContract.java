package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.transport.Transport;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What accept says when the process has no descriptor left, in a JVM of its own that is given few. */
@Tag("kernel")
public abstract class DescriptorLimitContract {
    private static final int CLIENTS = 3;

    /** For subclasses, which need a constructor without parameters. */
    protected DescriptorLimitContract() {}

    /** The transport under test. */
    protected abstract Transport transport();

    @Test
    void acceptTellsThatNoDescriptorIsLeftAndGoesOnWhenThereAreSome() throws Exception {
        Process server = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        "ulimit -n 64 && exec \"$0\" \"$@\"",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AcceptAtTheLimit.class.getName(),
                        getClass().getName(),
                        String.valueOf(CLIENTS))
                .redirectErrorStream(true)
                .start();
        List<Socket> clients = new ArrayList<>();
        List<String> said = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("port ")) {
                    int port = Integer.parseInt(line.substring("port ".length()));
                    for (int i = 0; i < CLIENTS; i++) {
                        clients.add(new Socket(InetAddress.getLoopbackAddress(), port));
                    }
                } else {
                    said.add(line);
                }
            }
        } finally {
            for (Socket client : clients) {
                client.close();
            }
            server.destroy();
        }
        assertThat(said)
                .containsExactly(
                        "nobody waits: EMFILE",
                        "somebody waits: EMFILE",
                        "a socket: EMFILE",
                        "descriptors are free: " + CLIENTS + " accepted");
        assertThat(server.waitFor()).isZero();
    }
}
