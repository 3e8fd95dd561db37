package dev.weir.protocols.http1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.protocols.http1.Conversation.Outcome;
import dev.weir.testkit.Chunking;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What clients send, as it is, and for as long as one likes in other forms. */
class HttpFuzzCorpusTest {
    /** Cuts of a long entry are tried at so many places. */
    private static final int MOST_CUTS = 300;

    private static final long MANNERS = 8;

    /** Times a manner: each request in that one. */
    private static final long ALIKE = 011_111_111_111_111_111_111L;

    static Stream<Map.Entry<String, byte[]>> entries() {
        return FuzzCorpus.entries().entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("entries")
    void theSameComesOfItAtEveryCutInEveryManner(Map.Entry<String, byte[]> entry) {
        byte[] stream = entry.getValue();
        int length = stream.length;
        for (long manner = 0; manner < MANNERS; manner++) {
            boolean isLate = manner % 2 == 0;
            long manners = manner * ALIKE;
            Outcome whole = Conversation.of(stream, Chunking.whole(length), manners, isLate);
            HttpFuzz.check(stream, Chunking.byteByByte(length), manners, isLate, whole);
            for (int cut = 1; cut < length; cut += 1 + length / MOST_CUTS) {
                HttpFuzz.check(stream, Chunking.splitAt(cut, length), manners, isLate, whole);
            }
        }
    }

    /** RFC 9112, 11.2: where it is said in two ways where a request ends, nothing behind it is a request. */
    @Test
    void nothingIsSmuggled() {
        FuzzCorpus.entries().forEach((name, stream) -> {
            for (long manner = 0; manner < MANNERS; manner++) {
                Chunking whole = Chunking.whole(stream.length);
                Outcome outcome = Conversation.of(stream, whole, manner * ALIKE, false);
                assertThat(outcome.requests()).as(name).noneMatch(request -> request.contains(" GET /smuggled "));
            }
        });
    }

    /** For a search of its own: {@code -Dweir.fuzz.minutes=600}. */
    @Test
    @Tag("soak")
    void whateverComesForALongTime() {
        long end = System.nanoTime()
                + Duration.ofMinutes(Long.getLong("weir.fuzz.minutes", 10)).toNanos();
        for (long seed = System.nanoTime(); System.nanoTime() - end < 0; seed++) {
            new FuzzRun(seed).tries(1000);
        }
    }
}
