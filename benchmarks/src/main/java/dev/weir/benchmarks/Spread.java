package dev.weir.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/**
 * A figure over rounds: the middle one, and how far the others are from it.
 *
 * @param median the middle one
 * @param least the least
 * @param greatest the greatest
 */
public record Spread(double median, double least, double greatest) {

    /**
     * The spread of one or more values. Of an even number of values the median is the mean of the two in the middle.
     *
     * @throws IllegalArgumentException when there are none
     */
    public static Spread of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no values");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    /** As a cell of a table: {@code 5.31 (5.20–5.61)}. */
    public String cell(int decimals) {
        String number = "%." + decimals + "f";
        return String.format(Locale.ROOT, number + " (" + number + "–" + number + ")", median, least, greatest);
    }
}
