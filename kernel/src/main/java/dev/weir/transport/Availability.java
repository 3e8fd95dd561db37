package dev.weir.transport;

/** Whether a transport works on this machine. */
public sealed interface Availability {

    /** It works. {@code why} says what makes it a good choice here ("runs everywhere"). */
    record Available(String why) implements Availability {}

    /** It does not work. {@code cause} says why ("needs Linux") and {@code cure} what to do ("Set weir.transport = nio."). */
    record Unavailable(String cause, String cure) implements Availability {}
}
