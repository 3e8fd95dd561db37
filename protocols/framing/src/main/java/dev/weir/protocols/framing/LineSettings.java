package dev.weir.protocols.framing;

import dev.weir.settings.Settings;

/**
 * How lines are read and written.
 *
 * @param maxLength the most bytes of a line that comes in, its ending not counted
 * @param ending what is put behind a line that goes out
 * @param keepsEnding whether messages have their ending with them
 * @param lastLine what happens to an unfinished last line
 */
record LineSettings(int maxLength, LineEnding ending, boolean keepsEnding, LastLine lastLine) {

    /** What happens to bytes behind the last line ending when the peer ends its half. */
    enum LastLine {
        /** They are a violation: the peer may have died before it could say the rest. */
        REFUSE,
        /** They are a line. */
        ACCEPT
    }

    static LineSettings from(Settings settings) {
        return new LineSettings(
                settings.size("max-length", Limits.LEAST_FRAME, Limits.MOST_FRAME)
                        .toInt(),
                settings.oneOf("ending", LineEnding.class),
                settings.onOff("keep-ending"),
                settings.oneOf("last-line", LastLine.class));
    }

    /** A line at its limit and a carriage return that may belong to its ending. */
    int maxUndecodedBytes() {
        return maxLength + 1;
    }
}
