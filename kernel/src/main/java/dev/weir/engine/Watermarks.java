package dev.weir.engine;

/**
 * Bounds of a write queue, in bytes.
 *
 * @param high above it the backpressure policy is asked
 * @param low at or below it, after the high mark was passed, the connection is writable again
 * @param hard above it the connection is closed as SLOW_READER
 */
public record Watermarks(long high, long low, long hard) {}
