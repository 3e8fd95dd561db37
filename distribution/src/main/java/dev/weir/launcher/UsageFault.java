package dev.weir.launcher;

/** The command line is wrong. The message says how, for the person at the keyboard; it may have several lines. */
final class UsageFault extends Exception {
    private static final long serialVersionUID = 1L;

    UsageFault(String message) {
        super(message);
    }
}
