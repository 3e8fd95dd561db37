package dev.weir.protocols.http1.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.server.Weir;
import dev.weir.transport.Endpoint;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Files in a server, asked by HTTP clients and by rude ones, on each transport. */
abstract class FilesServerTest {
    private static final int LARGE = 1024 * 1024 + 1;

    @TempDir
    private Path root;

    private Weir weir;
    private int port;

    /** The transport, as configured. */
    abstract String transport();

    static class NioFilesServerTest extends FilesServerTest {
        @Override
        String transport() {
            return "nio";
        }
    }

    @EnabledOnOs(OS.LINUX)
    static class EdgeFilesServerTest extends FilesServerTest {
        @Override
        String transport() {
            return "{ use = epoll, trigger = edge }";
        }
    }

    @EnabledOnOs(OS.LINUX)
    static class LevelFilesServerTest extends FilesServerTest {
        @Override
        String transport() {
            return "{ use = epoll, trigger = level }";
        }
    }

    @BeforeEach
    void start() throws Exception {
        weir = Weir.builder().config("""
                        weir.transport = %s
                        weir.event-loops = 1
                        weir.servers.web {
                          listen = "127.0.0.1:0", codec = http1, protocol { use = http-files, root = "%s" }
                        }
                        """.formatted(transport(), root)).build();
        weir.start();
        port = ((Endpoint.Inet) weir.server("web").addresses().getFirst())
                .address()
                .getPort();
    }

    @AfterEach
    void stop() {
        weir.close();
    }

    @Test
    void filesOfAllSizesArriveByteForByte() throws Exception {
        for (int size : new int[] {0, 1, LARGE}) {
            byte[] content = file("file" + size + ".bin", size);
            HttpResponse<byte[]> response = get("/file" + size + ".bin");
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValueAsLong("Content-Length")).hasValue(size);
            assertThat(Arrays.equals(response.body(), content))
                    .as("%s bytes", size)
                    .isTrue();
        }
    }

    @Test
    void aRangeOfALargeFileArrives() throws Exception {
        byte[] content = file("large", LARGE);
        HttpResponse<byte[]> response = get("/large", "Range", "bytes=1000-500000");
        assertThat(response.statusCode()).isEqualTo(206);
        assertThat(response.headers().firstValue("Content-Range")).hasValue("bytes 1000-500000/" + LARGE);
        assertThat(Arrays.equals(response.body(), Arrays.copyOfRange(content, 1000, 500_001)))
                .isTrue();
    }

    @Test
    void severalRangesArriveWithWhatDividesThem() throws Exception {
        byte[] content = file("large", LARGE);
        HttpResponse<byte[]> response = get("/large", "Range", "bytes=-2,0-99999");
        assertThat(response.statusCode()).isEqualTo(206);
        String type = response.headers().firstValue("Content-Type").orElseThrow();
        String boundary = type.substring("multipart/byteranges; boundary=".length());
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        expected.writeBytes(part(boundary, "--", (LARGE - 2) + "-" + (LARGE - 1)));
        expected.write(content, LARGE - 2, 2);
        expected.writeBytes(part(boundary, "\r\n--", "0-99999"));
        expected.write(content, 0, 100_000);
        expected.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        assertThat(Arrays.equals(response.body(), expected.toByteArray())).isTrue();
    }

    private static byte[] part(String boundary, String dashes, String range) {
        return (dashes + boundary + "\r\nContent-Type: application/octet-stream\r\nContent-Range: bytes " + range + "/"
                        + LARGE + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void headSaysWhatGetWouldSend() throws Exception {
        file("large", LARGE);
        HttpResponse<byte[]> response =
                send(HttpRequest.newBuilder(uri("/large")).HEAD());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValueAsLong("Content-Length")).hasValue(LARGE);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void requestsThatAreSentAheadAreAnsweredInOrder() throws Exception {
        byte[] large = file("large", LARGE);
        Files.writeString(root.resolve("small.txt"), "small");
        try (Socket socket = connect()) {
            String one = "GET /large HTTP/1.1\r\nHost: x\r\n\r\n";
            String two = "GET /small.txt HTTP/1.1\r\nHost: x\r\n\r\n";
            String three = "DELETE /large HTTP/1.1\r\nHost: x\r\n\r\n";
            String four = "GET /nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write((one + two + three + one + four).getBytes(StandardCharsets.US_ASCII));
            DataInputStream in = new DataInputStream(socket.getInputStream());
            assertThat(head(in)).startsWith("HTTP/1.1 200 ").contains("Content-Length: " + LARGE);
            assertThat(Arrays.equals(in.readNBytes(LARGE), large)).isTrue();
            assertThat(head(in)).startsWith("HTTP/1.1 200 ").contains("Content-Length: 5");
            assertThat(in.readNBytes(5)).asString().isEqualTo("small");
            String refused = head(in);
            assertThat(refused).startsWith("HTTP/1.1 405 ").contains("Allow: GET, HEAD, OPTIONS");
            in.readNBytes(contentLength(refused));
            assertThat(head(in)).startsWith("HTTP/1.1 200 ");
            assertThat(Arrays.equals(in.readNBytes(LARGE), large)).isTrue();
            assertThat(head(in)).startsWith("HTTP/1.1 404 ");
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).contains("Nothing is at this path.");
        }
    }

    @Test
    void aClientThatReadsNothingHasOneFileOpen() throws Exception {
        file("huge", 64 * LARGE);
        long before = open("huge");
        try (Socket socket = connect()) {
            byte[] request = "GET /huge HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 10; i++) {
                socket.getOutputStream().write(request);
            }
            // The first answer has begun, and cannot end.
            assertThat(head(new DataInputStream(socket.getInputStream()))).startsWith("HTTP/1.1 200 ");
            // Another connection is served after all of that has been read.
            assertThat(get("/nothing").statusCode()).isEqualTo(404);
            assertThat(open("huge") - before).isBetween(0L, 1L);
        }
    }

    /** How many descriptors of this process are open on a file; a transport may have one more for the time of a call. */
    private long open(String name) throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        if (!Files.isDirectory(descriptors)) {
            return 0;
        }
        long count = 0;
        try (var all = Files.newDirectoryStream(descriptors)) {
            for (Path each : all) {
                count += target(each).endsWith(name) ? 1 : 0;
            }
        }
        return count;
    }

    private static Path target(Path descriptor) throws IOException {
        try {
            return Files.readSymbolicLink(descriptor);
        } catch (NoSuchFileException e) {
            // Closed meanwhile, such as the one by which the folder is read.
            return descriptor;
        }
    }

    @Test
    void aFileThatIsCutWhileItIsSentEndsTheConnection() throws Exception {
        int size = 64 * LARGE;
        file("cut", size);
        try (Socket socket = connect()) {
            socket.getOutputStream().write("GET /cut HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            DataInputStream in = new DataInputStream(socket.getInputStream());
            assertThat(head(in)).contains("Content-Length: " + size);
            Files.write(root.resolve("cut"), new byte[1]);
            assertThat(countToTheEnd(in)).isLessThan(size);
        }
    }

    private static long countToTheEnd(InputStream in) {
        long count = 0;
        byte[] some = new byte[64 * 1024];
        try {
            for (int read = in.read(some); read >= 0; read = in.read(some)) {
                count += read;
            }
        } catch (IOException e) {
            // A reset is an end as well: what is missing must not be taken for the whole.
            assertThat(e).hasMessageContaining("reset");
        }
        return count;
    }

    @Test
    void conditionsAndDirectoriesAreAnswered() throws Exception {
        Files.createDirectory(root.resolve("docs"));
        Files.writeString(root.resolve("docs/index.html"), "<p>hello</p>");
        HttpResponse<byte[]> moved = get("/docs?a=b");
        assertThat(moved.statusCode()).isEqualTo(301);
        assertThat(moved.headers().firstValue("Location")).hasValue("docs/?a=b");
        HttpResponse<byte[]> page = get("/docs/");
        assertThat(page.body()).asString().isEqualTo("<p>hello</p>");
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
        String tag = page.headers().firstValue("ETag").orElseThrow();
        HttpResponse<byte[]> known = get("/docs/", "If-None-Match", tag);
        assertThat(known.statusCode()).isEqualTo(304);
        assertThat(known.body()).isEmpty();
    }

    private byte[] file(String name, int size) throws IOException {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        Files.write(root.resolve(name), content);
        return content;
    }

    private URI uri(String target) {
        return URI.create("http://127.0.0.1:" + port + target);
    }

    private HttpResponse<byte[]> get(String target, String... fields) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(target));
        return send(fields.length == 0 ? request : request.headers(fields));
    }

    private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.ofByteArray());
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        // Small, so that a server cannot get rid of a large file at once.
        socket.setReceiveBufferSize(64 * 1024);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    /** Reads to the empty line. */
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            assertThat(c).as("the end came inside the head %s", head).isNotNegative();
            head.append((char) c);
        }
        return head.toString();
    }

    private static int contentLength(String head) {
        String value = head.split("Content-Length: ", -1)[1];
        return Integer.parseInt(value.substring(0, value.indexOf('\r')));
    }
}
