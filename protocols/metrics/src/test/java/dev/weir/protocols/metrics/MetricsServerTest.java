package dev.weir.protocols.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.config.ConfigurationException;
import dev.weir.server.Weir;
import dev.weir.transport.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The metrics protocol in a server, asked by HTTP clients and by rude ones. */
class MetricsServerTest {
    private static final String SERVERS = """
            weir.transport = nio
            weir.event-loops = 1
            weir.servers.numbers { listen = "127.0.0.1:0", codec = raw, protocol { use = metrics, path = "%s" } }
            """;

    private Weir weir;
    private InetSocketAddress address;

    @BeforeEach
    void start() throws Exception {
        weir = Weir.builder().config(SERVERS.formatted("/metrics")).build();
        weir.start();
        address = ((Endpoint.Inet) weir.server("numbers").addresses().getFirst()).address();
    }

    @AfterEach
    void stop() {
        weir.close();
    }

    @Test
    void everyReadingOfWeirIsThere() throws Exception {
        String text = get("/metrics").body();
        weir.metrics().read((id, kind, value) -> {
            String name = id.name().replace('.', '_').replace('-', '_');
            assertThat(text).as(id.toString()).containsPattern("(?m)^" + name + "(_total)?(\\{| )");
        });
    }

    @Test
    void countersCountAndLabelsTellServersApart() throws Exception {
        get("/metrics");
        String second = get("/metrics").body();
        assertThat(second)
                .contains("# TYPE weir_server_connections_opened_total counter")
                .contains("weir_server_connections_opened_total{server=\"numbers\"} 2.0");
    }

    @Test
    void theJvmIsToldToo() throws Exception {
        assertThat(get("/metrics").body()).contains("jvm_memory_used_bytes", "process_files_open_files");
    }

    @Test
    void theAnswerIsPrometheusText() throws Exception {
        HttpResponse<String> response = get("/metrics?name=x");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        for (String line : response.body().split("\n", -1)) {
            assertThat(line).matches("|#.*|[a-z0-9_]+(\\{.*})? [-+0-9.eENaInf]+");
        }
    }

    @Test
    void anotherPathIsNotFound() throws Exception {
        HttpResponse<String> response = get("/");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("/metrics");
    }

    @Test
    void headHasNoBody() throws Exception {
        assertThat(talk("HEAD /metrics HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 200 OK")
                .endsWith("\r\n\r\n");
    }

    @Test
    void otherMethodsAreRefused() throws Exception {
        assertThat(talk("DELETE /metrics HTTP/1.1\r\n\r\n"))
                .startsWith("HTTP/1.1 405 ")
                .contains("Allow: GET, HEAD");
    }

    @Test
    void whatIsNoHttpIsABadRequest() throws Exception {
        assertThat(talk("hello\r\n\r\n")).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void aHeadWithoutEndIsCutOff() throws Exception {
        assertThat(talk("GET /metrics HTTP/1.1\r\nX: " + "x".repeat(20_000))).startsWith("HTTP/1.1 431 ");
    }

    @Test
    void whoLeavesInTheMiddleGetsNothing() throws Exception {
        assertThat(talk("GET /metr")).isEmpty();
    }

    @Test
    void aPathWithoutSlashIsAFault() {
        assertThatThrownBy(() ->
                        Weir.builder().config(SERVERS.formatted("metrics")).build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("path");
    }

    private HttpResponse<String> get(String target) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + address.getPort() + target);
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    /** Sends this, ends its half and reads to the end. */
    private String talk(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
