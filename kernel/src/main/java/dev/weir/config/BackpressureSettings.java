package dev.weir.config;

import dev.weir.lifecycle.PolicyKind;
import dev.weir.settings.ByteSize;
import dev.weir.settings.Choice;
import dev.weir.settings.Settings;

/**
 * What a peer costs that does not read.
 *
 * @param high queued bytes above which the slow-reader policy is asked
 * @param low queued bytes at which what it did is undone; less than high
 * @param hard queued bytes above which the connection is closed, whatever the policy says; at least high
 * @param slowReader the policy
 */
public record BackpressureSettings(ByteSize high, ByteSize low, ByteSize hard, Choice slowReader) {
    private static final ByteSize LEAST_HIGH = ByteSize.ofKiB(64);
    private static final ByteSize MOST = ByteSize.ofMiB(1024);

    static BackpressureSettings read(Settings backpressure) {
        ByteSize high = backpressure.size("high", LEAST_HIGH, MOST);
        ByteSize low = backpressure.size("low", ByteSize.of(0), MOST);
        ByteSize hard = backpressure.size("hard", LEAST_HIGH, MOST);
        if (low.compareTo(high) >= 0) {
            backpressure.fault("low", low + " is not below high, which is " + high + ".", "Lower low or raise high.");
        }
        if (hard.compareTo(high) < 0) {
            backpressure.fault("hard", hard + " is below high, which is " + high + ".", "Raise hard or lower high.");
        }
        return new BackpressureSettings(
                high, low, hard, backpressure.choiceOrUnread("slow-reader", PolicyKind.SLOW_READER.name()));
    }
}
