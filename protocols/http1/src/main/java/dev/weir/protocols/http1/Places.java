package dev.weir.protocols.http1;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Searching, comparing and reading places of an array that hold a text of one byte a character. Searches take eight bytes at a time
 * (Warren, Hacker's Delight, 6-1).
 */
final class Places {
    static final String[] NO_PARAMETERS = {};

    /** Of any order: bytes are only told from each other, and where in the eight one stands is found by looking at each. */
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long SPACES = ' ' * ONES;
    private static final long DELETES = 0x7F * ONES;

    private Places() {}

    static String text(byte[] in, int start, int end) {
        return new String(in, start, end - start, StandardCharsets.ISO_8859_1);
    }

    /** Where a byte stands first; -1 when it does not. */
    static int indexOf(byte[] in, int start, int end, byte wanted) {
        int at = start;
        long all = (wanted & 0xFF) * ONES;
        while (at + Long.BYTES <= end) {
            long eight = (long) EIGHT.get(in, at) ^ all;
            long found = (eight - ONES) & ~eight & HIGHS;
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
            at += Long.BYTES;
        }
        for (; at < end; at++) {
            if (in[at] == wanted) {
                return at;
            }
        }
        return -1;
    }

    /** Where the first byte stands that no field value may hold; {@code end} when there is none. */
    static int endOfField(byte[] in, int start, int end) {
        int at = start;
        while (at + Long.BYTES <= end) {
            long eight = (long) EIGHT.get(in, at);
            long deletes = eight ^ DELETES;
            long found = (((eight - SPACES) & ~eight) | ((deletes - ONES) & ~deletes)) & HIGHS;
            if (found != 0) {
                break;
            }
            at += Long.BYTES;
        }
        while (at < end && Characters.isField(in[at])) {
            at++;
        }
        return at;
    }

    static boolean equal(byte[] in, int start, int end, String text) {
        if (end - start != text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if ((in[start + i] & 0xFF) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** In whatever case, of letters of ASCII. */
    static boolean equalIgnoringCase(byte[] in, int start, int end, String text) {
        if (end - start != text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (Characters.lower(in[start + i] & 0xFF) != Characters.lower(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
