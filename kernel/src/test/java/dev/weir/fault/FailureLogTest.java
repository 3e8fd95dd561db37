package dev.weir.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** How often the log hears of one failure. */
class FailureLogTest {
    private static final long NOW = Long.MAX_VALUE - 5;

    @Test
    void theFirstIsToldAndThenOneAMinuteWithACount() {
        List<String> lines = new ArrayList<>();
        Logger logger = (Logger) Proxy.newProxyInstance(
                FailureLogTest.class.getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, arguments) -> {
                    Object[] texts =
                            (Object[]) (arguments.length == 2 ? arguments[1] : Arrays.copyOfRange(arguments, 1, 3));
                    lines.add(method.getName() + " " + texts[0] + texts[1]);
                    return null;
                });
        FailureLog log = new FailureLog(logger);
        for (int second = 0; second <= 130; second++) {
            log.error(NOW + Duration.ofSeconds(second).toNanos(), "it failed", new IllegalStateException("by a test"));
        }
        assertThat(lines)
                .containsExactly(
                        "error it failed",
                        "error it failed (59 times more since this was last told)",
                        "error it failed (59 times more since this was last told)");
        log.warn(NOW + Duration.ofMinutes(3).toNanos(), "again");
        assertThat(lines.getLast()).isEqualTo("warn again (10 times more since this was last told)");
    }
}
