package dev.weir.protocols.http1.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class FailureLogTest {

    @Test
    void theFirstIsToldAndThenOneAMinuteWithACount() {
        List<String> lines = new ArrayList<>();
        Logger logger = (Logger) Proxy.newProxyInstance(
                FailureLogTest.class.getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, arguments) -> {
                    lines.add(method.getName() + " " + arguments[1] + arguments[2]);
                    return null;
                });
        AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
        FailureLog log = new FailureLog(logger, nanos::get);
        for (int second = 0; second <= 60; second++) {
            log.warn("no file");
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        }
        assertThat(lines).containsExactly("warn no file", "warn no file (59 times more since this was last told)");
    }
}
