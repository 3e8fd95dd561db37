package dev.weir.launcher;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.Consumer;

/**
 * Signal handlers. {@code sun.misc.Signal} is the only door to them in Java, and naming it in code is a warning that nothing can
 * silence, so it is reached by name. A shutdown hook will not do: the process would exit with 143, and would not see a second
 * signal.
 */
final class Signals {
    private static final String SIGNAL = "sun.misc.Signal";
    private static final String HANDLER = "sun.misc.SignalHandler";

    private Signals() {}

    /**
     * Calls the action for each signal of this name, with the name, on a thread of its own. A signal that the parent process set to be
     * ignored (as nohup does with HUP, and a shell with INT for background jobs) stays ignored.
     *
     * @param name without SIG: TERM, INT, HUP
     * @throws LaunchFault when the JVM keeps the signal for itself, as with -Xrs
     */
    static void handle(String name, Consumer<String> action) throws LaunchFault {
        try {
            Class<?> signal = Class.forName(SIGNAL);
            Class<?> handler = Class.forName(HANDLER);
            MethodHandle construct = MethodHandles.publicLookup()
                    .findConstructor(signal, MethodType.methodType(void.class, String.class));
            MethodHandle register = MethodHandles.publicLookup()
                    .findStatic(signal, "handle", MethodType.methodType(handler, signal, handler));
            MethodHandle act = MethodHandles.publicLookup()
                    .findVirtual(Consumer.class, "accept", MethodType.methodType(void.class, Object.class));
            MethodHandle handle =
                    MethodHandles.dropArguments(MethodHandles.insertArguments(act, 0, action, name), 0, signal);
            register.invoke(construct.invoke(name), MethodHandleProxies.asInterfaceInstance(handler, handle));
        } catch (IllegalArgumentException e) {
            throw new LaunchFault(
                    ExitCode.CONFIGURATION,
                    "the JVM keeps SIG" + name + " for itself (" + e.getMessage() + "); is -Xrs among its options?");
        } catch (Throwable e) {
            throw new IllegalStateException("this JVM has no handlers for SIG" + name, e);
        }
    }
}
