package dev.weir.protocols.http1;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Percent-encoding, and queries in it. */
class PercentTest {

    @ParameterizedTest
    @CsvSource({
        "a, a",
        "%41, A",
        "a%2Fb, a/b",
        "a%2fb, a/b",
        "%25, %",
        "%2541, %41",
        "a+b, a+b",
        "%C3%A9, \u00e9",
        "%F0%9F%9A%80, \ud83d\ude80"
    })
    void whatIsEncodedIsDecodedOnce(String encoded, String decoded) {
        assertThat(Percent.decode(encoded)).hasValue(decoded);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"%", "%4", "%4g", "%g4", "a%", "%%41", "%u0041", "%+1", "% 1", "%\uff11\uff11", "%\u0134\u0131"})
    void whatHasNoTwoDigitsIsNotEncoded(String text) {
        assertThat(Percent.decode(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%FF", "%C3", "%C3%28", "%C0%AF", "%E0%80%AF", "%ED%A0%80", "%F4%90%80%80"})
    void whatIsNoUtf8IsRefused(String text) {
        assertThat(Percent.decode(text))
                .as("overlong forms hide slashes and dots")
                .isEmpty();
    }

    @Property
    void whateverIsEncodedComesBack(@ForAll String text) {
        StringBuilder encoded = new StringBuilder();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (byte each : bytes) {
            encoded.append("%%%02x".formatted(each & 0xFF));
        }
        assertThat(Percent.decode(encoded.toString())).hasValue(new String(bytes, StandardCharsets.UTF_8));
    }

    @Test
    void theFirstValueOfANameIsTaken() {
        assertThat(Percent.queryValue("a=1&b=2&a=3", "a")).hasValue("1");
        assertThat(Percent.queryValue("a=1&b=2", "b")).hasValue("2");
        assertThat(Percent.queryValue("a=1", "c")).isEmpty();
        assertThat(Percent.queryValue("", "a")).isEmpty();
    }

    @Test
    void namesAndValuesAreDecodedAsFormsAre() {
        assertThat(Percent.queryValue("a+b=c+d%2B", "a b")).hasValue("c d+");
        assertThat(Percent.queryValue("%61=1", "a")).hasValue("1");
        assertThat(Percent.queryValue("a=1=2", "a")).hasValue("1=2");
        assertThat(Percent.queryValue("a&b=", "a")).hasValue("");
        assertThat(Percent.queryValue("a&b=", "b")).hasValue("");
        assertThat(Percent.queryValue("a=%zz", "a")).isEmpty();
    }
}
