package dev.weir.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpAnswerTest {
    private static final String ANSWER = "HTTP/1.1 200 OK\r\ndate: Mon, 01 Jun 2026 12:00:00 GMT\r\n"
            + "content-length: 13\r\nServer: s\r\n\r\nHello, World!";

    @Test
    void theDateMayBeAny() throws WrongReply {
        assertThat(new String(HttpAnswer.expected(ANSWER), StandardCharsets.US_ASCII))
                .isEqualTo(ANSWER.replace("Mon, 01 Jun 2026 12:00:00 GMT", "\0".repeat(29)));
    }

    @Test
    void aServerMayDoWithoutADate() throws WrongReply {
        String answer = ANSWER.replaceFirst("date: [^\r]*\r\n", "");
        assertThat(HttpAnswer.expected(answer)).isEqualTo(answer.getBytes(StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @ValueSource(strings = {"200", "length: 13", "Hello", "World!"})
    void whatMustStandThereIsAskedFor(String needed) {
        assertThatExceptionOfType(WrongReply.class)
                .isThrownBy(() -> HttpAnswer.expected(ANSWER.replace(needed, "404")))
                .withMessageContaining("must have status 200");
    }

    @Test
    void theConnectionMustStay() {
        assertThatExceptionOfType(WrongReply.class)
                .isThrownBy(() -> HttpAnswer.expected(ANSWER.replace("Server: s", "connection: close")));
    }
}
