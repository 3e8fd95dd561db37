package dev.weir.protocols.framing;

import io.netty.buffer.ByteBuf;

/** A search for the first delimiter in bytes that come in pieces. Goes on where the last piece ended. */
final class DelimiterSearch {
    /** No delimiter yet. */
    static final int NONE = -1;

    private final Delimiter delimiter;
    private int searched;
    private int matched;

    DelimiterSearch(Delimiter delimiter) {
        this.delimiter = delimiter;
    }

    /** Begins a new message. */
    void restart() {
        searched = 0;
        matched = 0;
    }

    /**
     * Goes on to the end of the first delimiter.
     *
     * @param start where the message begins, the same byte in each call until {@link #restart}
     * @param length bytes from there to look at
     * @return how many bytes from {@code start} the message has, its delimiter included; or {@link #NONE}
     */
    int next(ByteBuf in, int start, int length) {
        int end = start + length;
        int index = start + searched;
        while (index < end) {
            if (matched == 0) {
                index = delimiter.mayBegin(in, index, end);
                if (index == end) {
                    break;
                }
            }
            matched = delimiter.step(matched, in.getByte(index));
            index++;
            if (matched == delimiter.length()) {
                return index - start;
            }
        }
        searched = length;
        return NONE;
    }

    /** How many bytes of a delimiter end where the search has come to. */
    int matched() {
        return matched;
    }
}
