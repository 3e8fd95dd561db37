package dev.weir.testkit;

import dev.weir.PluginApi;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/**
 * How a stream is cut into the pieces that arrive one after another.
 *
 * @param sizes the length of each piece in bytes, 1 or more
 */
@PluginApi
public record Chunking(List<Integer> sizes) {

    /** Refuses empty pieces: a read that brings nothing is no read. */
    public Chunking {
        sizes = List.copyOf(sizes);
        for (int size : sizes) {
            if (size < 1) {
                throw new IllegalArgumentException("a piece needs at least one byte: " + sizes);
            }
        }
    }

    /** All of it at once. */
    public static Chunking whole(int length) {
        return new Chunking(length == 0 ? List.of() : List.of(length));
    }

    /** Every byte on its own. */
    public static Chunking byteByByte(int length) {
        return new Chunking(Collections.nCopies(length, 1));
    }

    /** Two pieces; the first has {@code index} bytes, from 1 to {@code length - 1}. */
    public static Chunking splitAt(int index, int length) {
        return new Chunking(List.of(index, length - index));
    }

    /** Pieces of random sizes, most of them small in some chunkings and large in others. */
    public static Chunking random(int length, RandomGenerator random) {
        List<Integer> sizes = new ArrayList<>();
        int most = 1 << random.nextInt(1, 12);
        for (int left = length; left > 0; left -= sizes.getLast()) {
            sizes.add(random.nextInt(1, Math.min(most, left) + 1));
        }
        return new Chunking(sizes);
    }

    /** Any chunking of a stream, for a jqwik property; shrinks towards fewer cuts. */
    public static Arbitrary<Chunking> any(int length) {
        if (length < 2) {
            return Arbitraries.just(whole(length));
        }
        return Arbitraries.integers()
                .between(1, length - 1)
                .set()
                .ofMaxSize(Math.min(length - 1, 64))
                .map(cuts -> cutAt(new TreeSet<>(cuts), length));
    }

    private static Chunking cutAt(TreeSet<Integer> cuts, int length) {
        List<Integer> sizes = new ArrayList<>();
        int from = 0;
        for (int cut : cuts) {
            sizes.add(cut - from);
            from = cut;
        }
        sizes.add(length - from);
        return new Chunking(sizes);
    }

    @Override
    public String toString() {
        return sizes.size() <= 20
                ? "pieces of " + sizes
                : sizes.size() + " pieces, the first of " + sizes.subList(0, 20);
    }
}
