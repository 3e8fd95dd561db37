package dev.weir.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.lifecycle.AdmissionPolicy.Admit;
import dev.weir.lifecycle.AdmissionPolicy.Manner;
import dev.weir.lifecycle.AdmissionPolicy.Refuse;
import dev.weir.lifecycle.AdmissionPolicy.Rule;
import dev.weir.lifecycle.BackpressurePolicy.CloseAfter;
import dev.weir.lifecycle.BackpressurePolicy.Coalesce;
import dev.weir.lifecycle.BackpressurePolicy.DropOldest;
import dev.weir.lifecycle.ClosePolicy.Graceful;
import dev.weir.lifecycle.DescriptorPolicy.CloseListener;
import dev.weir.lifecycle.DescriptorPolicy.Evict;
import dev.weir.lifecycle.DescriptorPolicy.PauseListener;
import dev.weir.lifecycle.DescriptorPolicy.Shed;
import java.time.Duration;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An answer that the engine could not act on cannot be made: its maker's mistake is thrown inside the policy's call. */
class PolicyAnswersTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration BELOW_ZERO = Duration.ofNanos(-1);
    private static final Duration TOO_LONG = Duration.ofSeconds(Long.MAX_VALUE);

    @ParameterizedTest
    @MethodSource
    void cannotBeMade(ThrowingCallable answer) {
        assertThatThrownBy(answer).isInstanceOfAny(NullPointerException.class, IllegalArgumentException.class);
    }

    static Stream<Named<ThrowingCallable>> cannotBeMade() {
        return Stream.of(
                answer("a pause of null", () -> new PauseListener(null)),
                answer("a pause of nothing", () -> new PauseListener(Duration.ZERO)),
                answer("a pause without an end", () -> new PauseListener(TOO_LONG)),
                answer("shed, else null", () -> new Shed(null)),
                answer("shed, else nothing", () -> new Shed(Duration.ZERO)),
                answer("reopen below 0", () -> new CloseListener(0)),
                answer("reopen below 101", () -> new CloseListener(101)),
                answer("evict nobody", () -> new Evict(0, SECOND, SECOND)),
                answer("evict, idle for null", () -> new Evict(1, null, SECOND)),
                answer("evict, idle for less than nothing", () -> new Evict(1, BELOW_ZERO, SECOND)),
                answer("evict, else null", () -> new Evict(1, SECOND, null)),
                answer("evict, else nothing", () -> new Evict(1, SECOND, Duration.ZERO)),
                answer("admit, then null", () -> new Admit(null)),
                answer("refused by null", () -> new Refuse(null, "", Manner.AUTO)),
                answer("refused for null", () -> new Refuse(Rule.OTHER, null, Manner.AUTO)),
                answer("refused in the manner null", () -> new Refuse(Rule.OTHER, "", null)),
                answer("overloaded for nothing", () -> new OverloadPolicy.Delay(0, "")),
                answer("overloaded, no newcomers for null", () -> new OverloadPolicy.RefuseAll(null)),
                answer("look again at once", () -> new Verdict.LookAgain(0)),
                answer("ping, again at once", () -> new Verdict.Ping(0)),
                answer("drain for null", () -> new Verdict.Drain(null, 1)),
                answer("close for null", () -> new Verdict.CloseNow(null, false)),
                answer("close after null", () -> new CloseAfter(null)),
                answer("close after less than nothing", () -> new CloseAfter(BELOW_ZERO)),
                answer("drop beyond less than nothing", () -> new DropOldest(-1)),
                answer("coalesce beyond less than nothing", () -> new Coalesce(-1)),
                answer("flush for null", () -> new Graceful(null, SECOND, 0)),
                answer("flush for ever", () -> new Graceful(TOO_LONG, SECOND, 0)),
                answer("wait for null", () -> new Graceful(SECOND, null, 0)),
                answer("discard less than nothing", () -> new Graceful(SECOND, SECOND, -1)));
    }

    private static Named<ThrowingCallable> answer(String name, ThrowingCallable made) {
        return Named.of(name, made);
    }

    @Test
    void theLeastCanBeMade() {
        assertThat(new Evict(1, Duration.ZERO, DescriptorPolicy.SHORTEST_PAUSE).most())
                .isOne();
        assertThat(new Graceful(Duration.ZERO, Duration.ZERO, 0).discard()).isZero();
        assertThat(new CloseAfter(Duration.ZERO).after()).isZero();
    }
}
