package dev.weir.testkit.simulation;

import java.util.concurrent.ThreadLocalRandom;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * Says the seed of a test that fails; {@code -Dweir.seed=N} runs with that seed again.
 *
 * <p>Every jqwik property of whoever has the testkit among its dependencies has this: its parameters and the networks that it {@link
 * SimulatedSubject#drawn draws} follow from one seed. A JUnit test registers it with {@code @RegisterExtension}, in a field that is
 * not static, and makes its network of {@link #seed()}.
 */
public final class ReplaySeed implements TestExecutionExceptionHandler, AroundPropertyHook {
    private static final String PROPERTY = "weir.seed";

    /** Further out than the hooks of the properties themselves, which may still fail what has passed. */
    private static final int OUTERMOST = -100;

    private final long seed = Long.getLong(PROPERTY, ThreadLocalRandom.current().nextLong());

    /** The seed of this JUnit test. */
    public long seed() {
        return seed;
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable thrown) {
        throw failure(String.valueOf(seed), thrown);
    }

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
        String wanted = System.getProperty(PROPERTY);
        if (wanted != null) {
            context.attributes().setSeed(wanted);
        }
        PropertyExecutionResult result = property.execute();
        if (result.status() != PropertyExecutionResult.Status.FAILED
                || result.seed().isEmpty()) {
            return result;
        }
        return result.mapToFailed(
                failure(result.seed().get(), result.throwable().orElse(null)));
    }

    @Override
    public int aroundPropertyProximity() {
        return OUTERMOST;
    }

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }

    private static AssertionError failure(String seed, Throwable thrown) {
        String message = thrown == null ? "" : ": " + thrown.getMessage();
        return new AssertionError("it failed with -D" + PROPERTY + "=" + seed + message, thrown);
    }
}
