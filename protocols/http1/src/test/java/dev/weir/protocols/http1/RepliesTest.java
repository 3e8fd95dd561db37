package dev.weir.protocols.http1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.testkit.RecordingOutput;
import dev.weir.testkit.RecordingSession;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** Which answers are taken, which are refused, and what is given back. */
class RepliesTest {
    private final RecordingOutput out = new RecordingOutput();
    private final Replies replies = new Replies(
            new RecordingSession<>(String::valueOf).connection(),
            new ResponseWriter(new HttpDate(InstantSource.fixed(Instant.EPOCH))),
            null);

    private long ask() {
        return replies.ask(Replies.KEEPS_ALIVE);
    }

    private void answer(HttpResponse response) {
        replies.answer(response, out, HttpDate.NO_STAMP);
    }

    private static HttpResponse text(long number) {
        return HttpResponse.text("answer " + number).answering(number);
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }

    @Test
    void theNumberMayBeLeftOutWhileOneRequestWaits() {
        ask();
        answer(HttpResponse.text("first"));
        ask();
        ask();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> answer(HttpResponse.text("which")))
                .withMessageContaining("answering");
        assertThat(out.text()).contains("first").doesNotContain("which");
    }

    @Test
    void aRequestIsAnsweredOnce() {
        ask();
        answer(text(1));
        assertThatIllegalArgumentException().isThrownBy(() -> answer(text(1))).withMessageContaining("answered");
        ask();
        ask();
        answer(text(3));
        assertThatIllegalArgumentException().isThrownBy(() -> answer(text(3))).withMessageContaining("answered");
    }

    @Test
    void aRequestThatHasNotComeIsNotAnswered() {
        ask();
        assertThatIllegalArgumentException().isThrownBy(() -> answer(text(2))).withMessageContaining("not come");
    }

    @Test
    void piecesNeedABeginningAndTheirOrder() {
        ask();
        ask();
        for (long number = 1; number <= 2; number++) {
            long each = number;
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> answer(HttpResponse.end().answering(each)))
                    .withMessageContaining("stream()");
        }
        answer(HttpResponse.of(200).stream().answering(2));
        assertThatIllegalArgumentException().isThrownBy(() -> answer(text(2))).withMessageContaining("has begun");
        answer(HttpResponse.of(200).stream().answering(1));
        assertThatIllegalArgumentException().isThrownBy(() -> answer(text(1))).withMessageContaining("has begun");
    }

    @Test
    void aBodyHasTheLengthThatWasSaid() {
        ask();
        answer(HttpResponse.of(200).stream(3));
        HttpResponse tooMuch = HttpResponse.piece(bytes("four"));
        assertThatIllegalArgumentException().isThrownBy(() -> answer(tooMuch)).withMessageContaining("4 bytes");
        tooMuch.release();
        answer(HttpResponse.piece(bytes("ab")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> answer(HttpResponse.end()))
                .withMessageContaining("1 bytes before");
        answer(HttpResponse.piece(bytes("c")));
        answer(HttpResponse.end());
        assertThat(replies.unanswered()).isZero();
        assertThat(out.text()).endsWith("\r\n\r\nabc");
    }

    @Test
    void aLengthWithoutItsBodyIsForHeadOnly() {
        ask();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> answer(HttpResponse.of(200).withoutBody(5)))
                .withMessageContaining("none given");
        assertThat(out.text()).isEmpty();
    }

    @Test
    void whatComesBehindTheLastAnswerIsDropped() {
        replies.ask(0);
        ask();
        ByteBuf body = bytes("late");
        answer(text(1));
        assertThat(replies.isOver()).isTrue();
        answer(HttpResponse.of(200).body(body).answering(2));
        assertThat(body.refCnt()).isZero();
        assertThat(out.text()).endsWith("answer 1");
    }

    @Test
    void whatWaitsWhenTheLastAnswerIsWrittenIsDropped() {
        replies.ask(0);
        ask();
        ByteBuf body = bytes("early");
        answer(HttpResponse.of(200).body(body).answering(2));
        answer(text(1));
        replies.dispose();
        assertThat(body.refCnt()).isZero();
        assertThat(out.text()).endsWith("answer 1");
    }

    @Test
    void whatWaitsIsGivenBackAtTheEnd() {
        ask();
        ask();
        ByteBuf body = bytes("early");
        answer(HttpResponse.of(200).body(body).answering(2));
        assertThat(replies.earlyBytes()).isGreaterThanOrEqualTo(5);
        replies.dispose();
        assertThat(body.refCnt()).isZero();
    }

    @Test
    void aLentBodyThatWaitsIsCopied() {
        ask();
        ask();
        ByteBuf memory = bytes("lent");
        answer(HttpResponse.of(200).body(Unpooled.unreleasableBuffer(memory)).answering(2));
        memory.setZero(0, 4);
        answer(text(1));
        assertThat(out.text()).endsWith("\r\n\r\nlent");
        assertThat(replies.earlyBytes()).isZero();
        memory.release();
    }

    @Test
    void manyRequestsMayWait() {
        for (int i = 0; i < 100; i++) {
            ask();
        }
        for (long number = 100; number > 0; number--) {
            answer(text(number));
        }
        String[] answers = out.text().split("answer ", -1);
        assertThat(answers).hasSize(101);
        for (int i = 1; i <= 100; i++) {
            assertThat(answers[i]).startsWith("" + i);
        }
    }

    @Test
    void nothingIsTakenBehindARequestThatEndsTheConnectionOrMayChangeTheProtocol() {
        assertThat(replies.mayBeFollowed()).isTrue();
        ask();
        assertThat(replies.mayBeFollowed()).isTrue();
        for (int kind :
                new int[] {Replies.KEEPS_ALIVE | Replies.IS_CONNECT, Replies.KEEPS_ALIVE | Replies.OFFERS_UPGRADE, 0}) {
            long number = replies.ask(kind);
            assertThat(replies.mayBeFollowed()).as("behind %s", kind).isFalse();
            ask();
            assertThat(replies.mayBeFollowed()).isTrue();
            assertThat(number).isEqualTo(replies.newest() - 1);
        }
    }
}
