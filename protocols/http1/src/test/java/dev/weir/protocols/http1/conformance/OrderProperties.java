package dev.weir.protocols.http1.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.codec.Codec.Next;
import dev.weir.codec.CodecFactory;
import dev.weir.protocols.http1.Http1Plugin;
import dev.weir.protocols.http1.HttpRequest;
import dev.weir.protocols.http1.HttpResponse;
import dev.weir.testkit.PluginParts;
import dev.weir.transport.FileRegion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Answers come in the order of the requests (RFC 9112, 9.3.2), whenever they are ready. */
class OrderProperties {
    private static final int MOST = 12;
    private static final int LARGEST = 5000;

    private static Path file;

    /** How a body is given. */
    enum Kind {
        BYTES,
        BUFFER,
        LIST,
        FILE,
        CHUNKS,
        SIZED,
        NOTHING
    }

    /** One request and how it is answered. */
    record Plan(Kind kind, int size, int pieces, boolean isHead, boolean hasWordBefore) {}

    @BeforeContainer
    static void writeFile() throws IOException {
        file = Files.createTempFile("weir", ".txt");
        Files.writeString(file, text(0, LARGEST));
    }

    @AfterContainer
    static void deleteFile() throws IOException {
        Files.delete(file);
    }

    @Provide
    Arbitrary<Plan> plans() {
        Arbitrary<Boolean> seldom = Arbitraries.integers().between(0, 5).map(n -> n == 0);
        return Combinators.combine(
                        Arbitraries.of(Kind.class),
                        Arbitraries.integers().between(0, LARGEST),
                        Arbitraries.integers().between(1, 5),
                        seldom,
                        seldom)
                .as(Plan::new);
    }

    @Property
    void answersComeInTheOrderOfTheRequestsInWhateverOrderTheyAreReady(
            @ForAll @Size(min = 1, max = MOST) List<@From("plans") Plan> plans, @ForAll long seed) throws IOException {
        Random random = new Random(seed);
        List<Long> asked = new ArrayList<>();
        try (CodecAlone alone =
                new CodecAlone(codec(MOST + 1), new Listening((request, session) -> asked.add(request.number())))) {
            StringBuilder requests = new StringBuilder();
            for (Plan plan : plans) {
                requests.append(plan.isHead() ? "HEAD" : "GET").append(" / HTTP/1.1\r\nHost: a\r\n\r\n");
            }
            alone.receive(requests.toString(), random);
            assertThat(asked)
                    .isEqualTo(LongStream.rangeClosed(1, plans.size()).boxed().toList());

            List<Queue<HttpResponse>> unsent = new ArrayList<>();
            for (int i = 0; i < plans.size(); i++) {
                unsent.add(new ArrayDeque<>(parts(plans.get(i), i + 1)));
            }
            while (!unsent.stream().allMatch(Queue::isEmpty)) {
                int one = random.nextInt(unsent.size());
                Optional.ofNullable(unsent.get(one).poll()).ifPresent(part -> alone.send(part.answering(one + 1L)));
            }

            StrictReader reader = new StrictReader(new ByteArrayInputStream(alone.sent()));
            for (int i = 0; i < plans.size(); i++) {
                check(plans.get(i), i + 1, reader);
            }
            assertThat(reader.next(false)).isEmpty();
        }
    }

    @Property
    void noMoreRequestsAreTakenThanMayWait(
            @ForAll @IntRange(min = 1, max = 8) int depth,
            @ForAll @IntRange(min = 1, max = 30) int count,
            @ForAll long seed)
            throws IOException {
        Random random = new Random(seed);
        List<Long> waiting = new ArrayList<>();
        try (CodecAlone alone =
                new CodecAlone(codec(depth), new Listening((request, session) -> waiting.add(request.number())))) {
            alone.receive("GET / HTTP/1.1\r\nHost: a\r\n\r\n".repeat(count), random);
            long newest = 0;
            while (!waiting.isEmpty()) {
                long oldest = waiting.getFirst();
                newest = Math.max(newest, waiting.getLast());
                assertThat(newest).as("the newest that was taken").isEqualTo(Math.min(count, oldest + depth - 1));
                assertThat(alone.next()).isEqualTo(newest - oldest + 1 == depth ? Next.WAIT : Next.READ);
                long number = waiting.remove(random.nextInt(waiting.size()));
                alone.send(HttpResponse.text("" + number).answering(number));
            }
            StrictReader reader = new StrictReader(new ByteArrayInputStream(alone.sent()));
            for (int i = 1; i <= count; i++) {
                assertThat(reader.next(false).orElseThrow().body()).isEqualTo("" + i);
            }
        }
    }

    private static CodecFactory<HttpRequest, HttpResponse> codec(int pipelined) {
        return PluginParts.of(new Http1Plugin())
                .codec("{ use = http1, max-pipelined = " + pipelined + " }", HttpRequest.class, HttpResponse.class);
    }

    private static List<HttpResponse> parts(Plan plan, int number) throws IOException {
        byte[] all = text(plan.kind() == Kind.FILE ? 0 : number, plan.size()).getBytes(StandardCharsets.US_ASCII);
        List<HttpResponse> parts = new ArrayList<>();
        if (plan.hasWordBefore()) {
            parts.add(HttpResponse.interim(103));
        }
        HttpResponse response = HttpResponse.of(200).header("Number", "" + number);
        switch (plan.kind()) {
            case BYTES -> parts.add(response.body(all));
            case BUFFER -> parts.add(response.body(Unpooled.copiedBuffer(all)));
            case LIST -> parts.add(response.body(pieces(all, plan.pieces())));
            case FILE -> parts.add(response.body(FileRegion.open(file, 0, all.length)));
            case CHUNKS, SIZED -> {
                parts.add(plan.kind() == Kind.CHUNKS ? response.stream() : response.stream(all.length));
                pieces(all, plan.pieces()).forEach(piece -> parts.add(HttpResponse.piece(piece)));
                parts.add(HttpResponse.end());
            }
            case NOTHING -> parts.add(response);
        }
        return parts;
    }

    private static List<ByteBuf> pieces(byte[] all, int count) {
        List<ByteBuf> pieces = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int from = all.length * i / count;
            pieces.add(Unpooled.copiedBuffer(all, from, all.length * (i + 1) / count - from));
        }
        return pieces;
    }

    /** Of so many characters, and another for each number. */
    private static String text(int number, int size) {
        String line = number + " bottles of beer on the wall\n";
        return line.repeat(size / line.length() + 1).substring(0, size);
    }

    private static void check(Plan plan, int number, StrictReader reader) throws IOException {
        if (plan.hasWordBefore()) {
            assertThat(reader.next(false).orElseThrow().status()).isEqualTo(103);
        }
        Received received = reader.next(plan.isHead()).orElseThrow();
        assertThat(received.values("Number")).containsExactly("" + number);
        boolean isEmpty = plan.isHead() || plan.kind() == Kind.NOTHING;
        String body = isEmpty ? "" : text(plan.kind() == Kind.FILE ? 0 : number, plan.size());
        assertThat(received.body()).isEqualTo(body);
    }
}
