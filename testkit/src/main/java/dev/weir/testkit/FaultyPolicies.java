package dev.weir.testkit;

import dev.weir.lifecycle.LoopChoice;
import dev.weir.lifecycle.Policy;
import dev.weir.lifecycle.PolicyKind;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Supplier;

/** Policies of a plugin's author who made a mistake: whatever they are asked, they throw, or answer nothing at all. */
final class FaultyPolicies {
    static final List<PolicyKind<?>> KINDS = List.of(
            PolicyKind.ACCEPT,
            PolicyKind.LOOP_CHOICE,
            PolicyKind.DESCRIPTORS,
            PolicyKind.ADMISSION,
            PolicyKind.HEARTBEAT,
            PolicyKind.DEADLINES,
            PolicyKind.CLOSE,
            PolicyKind.ON_DUPLICATE,
            PolicyKind.SLOW_READER);

    private FaultyPolicies() {}

    /** One that throws an error which is not the process's. */
    static <P> P throwing(Class<P> type) {
        return failing(type, () -> {
            throw new AssertionError("thrown by a test");
        });
    }

    /** One that answers null, or what a number's default is. */
    static <P> P silent(Class<P> type) {
        return failing(type, () -> null);
    }

    private static <P> P failing(Class<P> type, Supplier<?> fails) {
        return type.cast(Proxy.newProxyInstance(
                FaultyPolicies.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals("toString")) {
                        return "faulty " + type.getSimpleName();
                    }
                    if (method.getDeclaringClass().equals(Policy.class)
                            || method.getName().equals("options")) {
                        // Nor what is asked at start: there it would be a fault of the configuration.
                        return InvocationHandler.invokeDefault(proxy, method, arguments);
                    }
                    // Not the maker is to fail but what it makes.
                    return method.getReturnType().equals(LoopChoice.class)
                            ? failing(LoopChoice.class, fails)
                            : fails.get();
                }));
    }
}
