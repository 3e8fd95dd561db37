package dev.weir.testkit.simulation;

/** The calls that stand for system calls, and are counted. */
public enum SimulatedCall {
    ACCEPT,
    REGISTER,
    POLL,
    SUBMIT,
    WAKE,
    INTEREST,
    RECEIVE,
    SEND,
    SHUTDOWN_OUTPUT,
    CLOSE,
    ABORT
}
