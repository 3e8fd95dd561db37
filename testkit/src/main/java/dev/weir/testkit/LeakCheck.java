package dev.weir.testkit;

import java.util.List;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test or a property after which a buffer is found that was never released. For Jupiter by {@code @ExtendWith}, for jqwik by
 * {@code @AddLifecycleHook}. A leak of a test without this check shows up at the next one that has it.
 */
public final class LeakCheck implements AfterEachCallback, AroundPropertyHook {

    @Override
    public void afterEach(ExtensionContext context) throws InterruptedException {
        failOnLeaks();
    }

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property)
            throws InterruptedException {
        PropertyExecutionResult result = property.execute();
        if (result.status() != PropertyExecutionResult.Status.SUCCESSFUL) {
            return result;
        }
        try {
            failOnLeaks();
            return result;
        } catch (AssertionError leak) {
            return result.mapToFailed(leak);
        }
    }

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }

    private static void failOnLeaks() throws InterruptedException {
        List<String> leaks = LeakReports.take();
        if (!leaks.isEmpty()) {
            throw new AssertionError(
                    leaks.size() + " leaks:" + System.lineSeparator() + String.join(System.lineSeparator(), leaks));
        }
    }
}
