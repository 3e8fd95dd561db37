package dev.weir.engine;

/** Tells what endangers the process from what only the connection, policy or plugin that it came from is to blame for. */
final class Fatal {
    private Fatal() {}

    /** Throws on what no connection can be closed for: the end of memory, a defect of the JVM. Returns for all else. */
    static void rethrow(Throwable thrown) {
        if (thrown instanceof VirtualMachineError fatal && !(thrown instanceof StackOverflowError)) {
            throw fatal;
        }
    }
}
