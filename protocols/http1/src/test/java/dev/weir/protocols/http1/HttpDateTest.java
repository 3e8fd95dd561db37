package dev.weir.protocols.http1;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dates (RFC 9110, 5.6.7). */
class HttpDateTest {
    private static final Instant TIME = Instant.parse("1994-11-06T08:49:37Z");
    private static final long YEAR_10000 = 253_402_300_799L;

    @Test
    void aDateIsWrittenAsFixdate() {
        assertThat(HttpDate.format(TIME)).isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"})
    void allThreeFormsAreRead(String date) {
        assertThat(HttpDate.parse(date)).hasValue(TIME);
    }

    @Test
    void twoDigitsOfAYearAreOfThisCenturyOrTheLast() {
        assertThat(HttpDate.parse("Tuesday, 01-Jan-69 00:00:00 GMT")).hasValue(Instant.parse("2069-01-01T00:00:00Z"));
        assertThat(HttpDate.parse("Thursday, 01-Jan-70 00:00:00 GMT")).hasValue(Instant.EPOCH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "now",
                "Sun, 06 Nov 1994 08:49:37",
                "Sun, 06 Nov 1994 08:49:37 UTC",
                "Sun, 06 Nov 1994 08:49:37 +0000",
                "Mon, 06 Nov 1994 08:49:37 GMT",
                "Sun, 6 Nov 1994 08:49:37 GMT",
                "Sun, 06 Nov 94 08:49:37 GMT",
                "Sun, 06 Nov 1994 24:49:37 GMT",
                "Sun, 06 Nov 1994 08:49:37 GMT ",
                "1994-11-06T08:49:37Z"
            })
    void whatIsNoneOfThemIsNoDate(String date) {
        assertThat(HttpDate.parse(date)).isEmpty();
    }

    @Property
    void whatIsWrittenIsRead(@ForAll @LongRange(max = YEAR_10000) long second) {
        Instant time = Instant.ofEpochSecond(second);
        assertThat(HttpDate.parse(HttpDate.format(time))).hasValue(time);
    }

    @Test
    void theFieldIsMadeAnewOnceASecond() {
        AtomicReference<Instant> now = new AtomicReference<>(TIME);
        HttpDate date = new HttpDate(now::get);
        date.look(HttpDate.NO_STAMP);
        byte[] first = date.field();
        assertThat(text(first)).isEqualTo("Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n");
        assertThat(text(date.lastField())).isEqualTo(text(first) + "\r\n");
        now.set(TIME.plusMillis(999));
        date.look(HttpDate.NO_STAMP);
        assertThat(date.field()).isSameAs(first);
        now.set(TIME.plusMillis(1000));
        date.look(HttpDate.NO_STAMP);
        assertThat(text(date.field())).isEqualTo("Date: Sun, 06 Nov 1994 08:49:38 GMT\r\n");
        now.set(TIME);
        date.look(HttpDate.NO_STAMP);
        assertThat(text(date.field())).as("a clock that was set back").isEqualTo(text(first));
    }

    @Test
    void aReadingOfTheLoopsClockSparesTheLookAtTheTime() {
        AtomicReference<Instant> now = new AtomicReference<>(TIME.plusMillis(400));
        HttpDate date = new HttpDate(now::get);
        long start = Long.MAX_VALUE - 1_000_000;
        date.look(start);
        byte[] first = date.field();
        now.set(TIME.plusSeconds(1));
        date.look(start + 599_999_999);
        assertThat(date.field()).as("the second is not over").isSameAs(first);
        date.look(start + 600_000_000);
        assertThat(text(date.field())).isEqualTo("Date: Sun, 06 Nov 1994 08:49:38 GMT\r\n");
    }

    private static String text(byte[] field) {
        return new String(field, StandardCharsets.US_ASCII);
    }
}
