package dev.weir.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ReplyCheckTest {
    private final ReplyCheck check = new ReplyCheck("connection 7", ReplyCheck.NONE);

    @Test
    void anAnswerMayComeInPieces() throws WrongReply {
        check.expect(bytes("hello"));
        assertThat(check.accept(bytes("he"))).isFalse();
        assertThat(check.accept(bytes(""))).isFalse();
        assertThat(check.accept(bytes("llo"))).isTrue();
    }

    @Test
    void everyByteIsCompared() throws WrongReply {
        for (int wrong = 0; wrong < 5; wrong++) {
            for (int cut = 0; cut <= wrong; cut++) {
                ByteBuffer answer = bytes("hello");
                answer.put(wrong, (byte) '!');
                check.expect(bytes("hello"));
                check.accept(answer.slice(0, cut));
                ByteBuffer rest = answer.slice(cut, 5 - cut);

                assertThatExceptionOfType(WrongReply.class)
                        .isThrownBy(() -> check.accept(rest))
                        .withMessageContaining("connection 7: byte " + wrong + " of the answer is 0x21");
            }
        }
    }

    @Test
    void whatNobodyHasAskedForIsWrong() {
        check.expect(bytes("hello"));
        assertThatExceptionOfType(WrongReply.class)
                .isThrownBy(() -> check.accept(bytes("hello!")))
                .withMessageContaining("1 bytes came that answer no request");
    }

    @Test
    void whatComesBeforeAnyQuestionIsWrong() {
        assertThatExceptionOfType(WrongReply.class).isThrownBy(() -> check.accept(bytes("h")));
    }

    @Test
    void someBytesMayBeAny() throws WrongReply {
        ReplyCheck lenient = new ReplyCheck("connection 7", '*');
        for (int cut = 0; cut <= 9; cut++) {
            lenient.expect(bytes("a**bc***d"));
            assertThat(lenient.accept(bytes("a12bc456d").slice(0, cut))).isEqualTo(cut == 9);
            assertThat(lenient.accept(bytes("a12bc456d").slice(cut, 9 - cut))).isTrue();
        }
        lenient.expect(bytes("a**bc"));
        assertThatExceptionOfType(WrongReply.class)
                .isThrownBy(() -> lenient.accept(bytes("a12xc")))
                .withMessageContaining("byte 3 of the answer is 0x78 and must be 0x62");
        lenient.expect(bytes("a*"));
        assertThatExceptionOfType(WrongReply.class).isThrownBy(() -> lenient.accept(bytes("a12")));
    }

    @Test
    void anyByteCountsWhereNoneMayBeAny() {
        check.expect(ByteBuffer.wrap(new byte[] {-1}));
        assertThatExceptionOfType(WrongReply.class).isThrownBy(() -> check.accept(bytes("a")));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
