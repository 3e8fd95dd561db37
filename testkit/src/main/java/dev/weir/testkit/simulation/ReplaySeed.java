package dev.weir.testkit.simulation;

import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * Draws a seed for each JUnit test and says it when the test fails; {@code -Dweir.seed=N} runs with that seed again. To be registered
 * with {@code @RegisterExtension} in a field that is not static. A jqwik property needs none of this: it has its seed as a parameter,
 * which jqwik reports.
 */
public final class ReplaySeed implements TestExecutionExceptionHandler {
    private static final String PROPERTY = "weir.seed";

    private final long seed = Long.getLong(PROPERTY, ThreadLocalRandom.current().nextLong());

    /** The seed of this test. */
    public long seed() {
        return seed;
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable thrown) {
        throw new AssertionError("it failed with -D" + PROPERTY + "=" + seed, thrown);
    }
}
