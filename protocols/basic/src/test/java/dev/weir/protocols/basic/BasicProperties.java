package dev.weir.protocols.basic;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.protocol.Handler;
import dev.weir.testkit.RecordingSession;
import io.netty.buffer.ByteBuf;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class BasicProperties {
    private static final int PATTERN = 95 * 74;
    /** 9999-12-31T23:59:59Z: beyond it a year has more than four digits. */
    private static final long LAST_SECOND = 253_402_300_799L;

    @Property
    void echoSendsEveryMessageBackInOrder(@ForAll List<byte[]> messages) {
        RecordingSession<ByteBuf> echoed = new RecordingSession<>(bytes -> bytes.toString(ISO_8859_1));
        Handler<ByteBuf> handler = new Echo().open(echoed);
        List<String> expected = new ArrayList<>();
        for (byte[] message : messages) {
            RecordingSession.lend(handler, message);
            expected.add(new String(message, ISO_8859_1));
        }
        assertThat(echoed.sent()).isEqualTo(expected);
    }

    @Property
    void chargenSendsItsPatternHoweverThePeerReads(
            @ForAll @Size(max = 30) List<@IntRange(max = 40_000) Integer> reads,
            @ForAll @IntRange(min = 1, max = 50_000) int high,
            @ForAll @IntRange(max = 1000) int low) {
        RecordingSession<ByteBuf> reader = new RecordingSession<ByteBuf>(bytes -> bytes.toString(ISO_8859_1))
                .watermarks(high, Math.min(low, high - 1));
        Handler<ByteBuf> handler = new Chargen().open(reader);
        handler.onOpened();
        for (int read : reads) {
            assertThat(reader.bytesQueued()).isLessThanOrEqualTo(high + PATTERN);
            if (reader.peerReads(read)) {
                handler.onWritable();
                assertThat(reader.isWritable())
                        .as("it goes on until the queue is full")
                        .isFalse();
            }
        }
        String sent = String.join("", reader.sent());
        assertThat(sent.length()).isEqualTo(reader.bytesTaken() + reader.bytesQueued());
        String[] lines = sent.split("\r\n", -1);
        for (int i = 0; i < lines.length - 1; i++) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < 72; column++) {
                line.append((char) (' ' + (i + column) % 95));
            }
            assertThat(lines[i]).isEqualTo(line.toString());
        }
    }

    @Property
    void timeIsTheSecondsSince1900InTheirLast32Bits(
            @ForAll @LongRange(min = -2_208_988_800L, max = LAST_SECOND) long second) {
        Instant now = Instant.ofEpochSecond(second, 999_999_999);
        List<Long> sent = new ArrayList<>();
        RecordingSession<ByteBuf> reader = new RecordingSession<>(bytes -> {
            sent.add(bytes.getUnsignedInt(0));
            return bytes.readableBytes() + " bytes";
        });
        new Time(InstantSource.fixed(now)).open(reader).onOpened();
        long since1900 = Instant.parse("1900-01-01T00:00:00Z").until(now, ChronoUnit.SECONDS);
        assertThat(sent).containsExactly(since1900 % (1L << 32));
        assertThat(reader.sent()).containsExactly("4 bytes");
    }

    @Property
    void daytimeReadsBackAsTheSecondItIs(
            @ForAll @LongRange(min = 0, max = LAST_SECOND) long second, @ForAll Daytime.Form form) {
        RecordingSession<ByteBuf> reader = new RecordingSession<>(bytes -> bytes.toString(ISO_8859_1));
        Instant now = Instant.ofEpochSecond(second, 999_999_999);
        new Daytime(form, InstantSource.fixed(now)).open(reader).onOpened();
        String line = String.join("", reader.sent());
        assertThat(line).endsWith("\r\n").matches("[ -~]+\r\n");
        String text = line.strip();
        Instant read = form == Daytime.Form.ISO
                ? Instant.parse(text)
                : LocalDateTime.parse(
                                text, DateTimeFormatter.ofPattern("EEEE, MMMM d, yyyy HH:mm:ss-'UTC'", Locale.ENGLISH))
                        .toInstant(ZoneOffset.UTC);
        assertThat(read).isEqualTo(Instant.ofEpochSecond(second));
    }
}
