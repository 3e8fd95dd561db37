package dev.weir.testkit;

import java.util.Arrays;
import java.util.Random;

/** Many bytes: made of a seed, and compared without printing them all. */
final class Bytes {
    private Bytes() {}

    static byte[] random(long seed, int size) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static void assertSame(byte[] actual, byte[] expected) {
        int differ = Arrays.mismatch(actual, expected);
        if (differ >= 0) {
            throw new AssertionError("expected " + expected.length + " bytes, got " + actual.length
                    + "; they differ from byte " + differ + " on: expected " + some(expected, differ) + ", got "
                    + some(actual, differ));
        }
    }

    private static String some(byte[] bytes, int from) {
        return Arrays.toString(Arrays.copyOfRange(bytes, from, Math.clamp(from + 8L, from, bytes.length)));
    }
}
