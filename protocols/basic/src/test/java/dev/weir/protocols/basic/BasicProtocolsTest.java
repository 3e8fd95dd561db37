package dev.weir.protocols.basic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connection.ConnectionState;
import dev.weir.protocol.Handler;
import dev.weir.protocol.Protocol;
import dev.weir.testkit.RecordingSession;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class BasicProtocolsTest {
    private static final InstantSource NOON = InstantSource.fixed(Instant.parse("2026-11-21T12:00:05Z"));

    private final RecordingSession<ByteBuf> text =
            new RecordingSession<>(message -> message.toString(StandardCharsets.US_ASCII));

    @Test
    void echoSendsEachMessageBack() {
        Handler<ByteBuf> handler = opened(new Echo(), text);
        lend(handler, "one");
        lend(handler, "two");
        assertThat(text.sent()).containsExactly("one", "two");
    }

    @Test
    void discardSendsNothing() {
        Handler<ByteBuf> handler = opened(new Discard(), text);
        lend(handler, "one");
        assertThat(text.sent()).isEmpty();
        assertThat(text.state()).isEqualTo(ConnectionState.OPEN);
    }

    @Test
    void chargenSendsThePatternUntilTheQueueIsFull() {
        RecordingSession<ByteBuf> session = text.watermarks(10_000, 1_000);
        opened(new Chargen(), session);
        String[] lines = String.join("", session.sent()).split("\r\n", -1);
        assertThat(lines[0]).isEqualTo(" !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefg");
        assertThat(lines[1]).startsWith("!\"#").hasSize(72).endsWith("gh");
        assertThat(lines[95]).isEqualTo(lines[0]);
        assertThat(session.sent()).as("one more than the mark and no further").hasSize(2);
    }

    @Test
    void chargenGoesOnWhenThePeerHasRead() {
        RecordingSession<ByteBuf> session = text.watermarks(10_000, 1_000);
        Handler<ByteBuf> handler = opened(new Chargen(), session);
        int before = session.sent().size();
        session.peerReads(Long.MAX_VALUE);
        handler.onWritable();
        assertThat(session.sent()).hasSizeGreaterThan(before);
    }

    @Test
    void chargenEndsWithItsPeer() {
        Handler<ByteBuf> handler = opened(new Chargen(), text.watermarks(10_000, 1_000));
        handler.onPeerHalfClosed();
        assertThat(text.state()).isEqualTo(ConnectionState.FLUSHING);
    }

    @Test
    void daytimeSendsOneLineAndCloses() {
        opened(new Daytime(Daytime.Form.WEEKDAY, NOON), text);
        assertThat(text.sent()).containsExactly("Saturday, November 21, 2026 12:00:05-UTC\r\n");
        assertThat(text.state()).isEqualTo(ConnectionState.FLUSHING);
    }

    @Test
    void daytimeHasAFormForPrograms() {
        opened(new Daytime(Daytime.Form.ISO, NOON), text);
        assertThat(text.sent()).containsExactly("2026-11-21T12:00:05Z\r\n");
    }

    @Test
    void whatHasAnsweredIsDeaf() {
        Handler<ByteBuf> handler = opened(new Daytime(Daytime.Form.ISO, NOON), text);
        lend(handler, "again?");
        handler.onPeerHalfClosed();
        handler.onDrain();
        assertThat(text.sent()).hasSize(1);
        assertThat(text.state()).isEqualTo(ConnectionState.FLUSHING);
    }

    @Test
    void chargenIsDeafAndEndsWithADrain() {
        Handler<ByteBuf> handler = opened(new Chargen(), text.watermarks(10_000, 1_000));
        lend(handler, "stop!");
        assertThat(text.state()).isEqualTo(ConnectionState.OPEN);
        handler.onDrain();
        int sent = text.sent().size();
        text.peerReads(Long.MAX_VALUE);
        handler.onWritable();
        assertThat(text.sent()).as("nothing behind the end").hasSize(sent);
        assertThat(text.state()).isEqualTo(ConnectionState.FLUSHING);
    }

    @Test
    void timeSendsTheExamplesOfTheRfc() {
        assertThat(timeAt("1970-01-01T00:00:00Z")).isEqualTo("83aa7e80");
        assertThat(timeAt("1976-01-01T00:00:00Z"))
                .as("2,398,291,200 in RFC 868")
                .isEqualTo("8ef30500");
        assertThat(timeAt("1983-05-01T00:00:00Z"))
                .as("2,629,584,000 in RFC 868")
                .isEqualTo("9cbc4480");
        assertThat(timeAt("2036-02-07T06:28:16Z")).as("starts again").isEqualTo("00000000");
    }

    private static String timeAt(String instant) {
        RecordingSession<ByteBuf> hex = new RecordingSession<>(ByteBufUtil::hexDump);
        opened(new Time(InstantSource.fixed(Instant.parse(instant))), hex);
        assertThat(hex.state()).isEqualTo(ConnectionState.FLUSHING);
        return String.join("", hex.sent());
    }

    private static Handler<ByteBuf> opened(Protocol<ByteBuf, ByteBuf> protocol, RecordingSession<ByteBuf> session) {
        Handler<ByteBuf> handler = protocol.open(session);
        handler.onOpened();
        return handler;
    }

    private static void lend(Handler<ByteBuf> handler, String message) {
        RecordingSession.lend(handler, message.getBytes(StandardCharsets.US_ASCII));
    }
}
