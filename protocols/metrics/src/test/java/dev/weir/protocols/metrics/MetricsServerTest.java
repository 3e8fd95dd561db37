package dev.weir.protocols.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.weir.config.ConfigurationException;
import dev.weir.server.Weir;
import dev.weir.testkit.Waiting;
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
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The metrics protocol in a server, asked by HTTP clients and by rude ones. */
class MetricsServerTest {
    private static final String SERVERS = """
            weir.transport = nio
            weir.event-loops = 1
            weir.servers.numbers { listen = "127.0.0.1:0", codec = http1, protocol { use = metrics, %s } }
            """;

    private Weir weir;
    private InetSocketAddress address;

    @BeforeEach
    void start() throws Exception {
        start("");
    }

    private void start(String settings) throws Exception {
        weir = Weir.builder().config(SERVERS.formatted(settings)).build();
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
    void aConnectionIsKeptForTheNextQuestion() throws Exception {
        String answers = talk("GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\nGET /metrics HTTP/1.1\r\nHost: x\r\n\r\n");

        assertThat(answers)
                .startsWith("HTTP/1.1 404 ")
                .contains("HTTP/1.1 200 OK", "weir_server_connections_opened_total{server=\"numbers\"} 1.0");
    }

    @Test
    void headHasNoBody() throws Exception {
        assertThat(talk("HEAD /metrics HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 200 OK")
                .endsWith("\r\n\r\n");
    }

    @Test
    void otherMethodsAreRefused() throws Exception {
        assertThat(talk("DELETE /metrics HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 405 ")
                .contains("Allow: GET, HEAD");
    }

    @Test
    void theLastEndingsAreToldWithTheirReasonsTheLatestFirst() throws Exception {
        talk("no http\r\n\r\n");
        talk("GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n");
        Waiting.forOthers().until("both have ended", () -> weir.recentEndings().size() == 2);

        List<? extends Config> endings = endings("/endings");

        assertThat(endings.stream().map(ended -> ended.getString("cause")))
                .containsExactly("PEER_CLOSED", "PROTOCOL_ERROR");
        Config last = endings.getFirst();
        assertThat(last.getString("server")).isEqualTo("numbers");
        assertThat(last.getString("remote")).startsWith("127.0.0.1:");
        assertThat(last.getLong("bytes_received")).isEqualTo(34);
        assertThat(last.getString("reason")).contains("PEER_CLOSED");
        assertThat(Instant.parse(last.getString("at"))).isBefore(Instant.now().plusSeconds(60));
    }

    @Test
    void theEndingsOfOneServerCanBeAskedFor() throws Exception {
        talk("GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n");
        Waiting.forOthers().until("it has ended", () -> weir.recentEndings().size() == 1);

        assertThat(endings("/endings?server=numbers")).hasSize(1);
        assertThat(endings("/endings?server=another")).isEmpty();
    }

    @Test
    void whatIsWrongWithThePathsIsSaid() {
        assertThat(faultOf("path = metrics")).contains("path", "does not begin with a slash");
        assertThat(faultOf("path = \"/{x}\"")).contains("path", "holds something else");
        assertThat(faultOf("endings = /metrics")).contains("endings", "is the path of the metrics");
    }

    @Test
    void endingsCanBeOff() throws Exception {
        weir.close();
        start("endings = off");

        assertThat(get("/endings").statusCode()).isEqualTo(404);
        assertThat(get("/metrics").statusCode()).isEqualTo(200);
    }

    private static String faultOf(String settings) {
        try (Weir built = Weir.builder().config(SERVERS.formatted(settings)).build()) {
            throw new AssertionError("no fault: " + built.report());
        } catch (ConfigurationException e) {
            return e.getMessage();
        }
    }

    private List<? extends Config> endings(String target) throws Exception {
        HttpResponse<String> response = get(target);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        return ConfigFactory.parseString("endings = " + response.body()).getConfigList("endings");
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
