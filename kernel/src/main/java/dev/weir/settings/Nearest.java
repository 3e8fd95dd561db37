package dev.weir.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the word that a mistyped one was most likely meant to be. */
public final class Nearest {
    private Nearest() {}

    /**
     * The nearest of {@code words}, when it is near enough to be a likely slip: a third of the letters, at least two, but not all
     * of them.
     */
    public static Optional<String> of(String typed, Collection<String> words) {
        int most = Math.max(2, typed.length() / 3);
        return words.stream()
                .filter(word -> distance(typed, word) <= Math.min(most, Math.min(typed.length(), word.length()) - 1))
                .min(Comparator.comparingInt((String word) -> distance(typed, word))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** "Did you mean X?" where there is a near word, else the list of all words. */
    public static String hint(String typed, Collection<String> words) {
        return of(typed, words)
                .map(word -> "Did you mean " + word + "?")
                .orElseGet(() ->
                        words.isEmpty() ? "There are no keys here." : "There is: " + String.join(", ", words) + ".");
    }

    /** Levenshtein's distance, in insertions, deletions and replacements. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
