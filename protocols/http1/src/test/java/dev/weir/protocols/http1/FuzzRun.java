package dev.weir.protocols.http1;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** One run of the mutator over the corpus, which its seed brings back. */
final class FuzzRun {
    private final Mutator mutator;
    private final RandomGenerator random;
    private final long seed;

    FuzzRun(long seed) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
        this.mutator = new Mutator(List.copyOf(FuzzCorpus.entries().values()), random);
    }

    /** Tries so many mutations. */
    void tries(int count) {
        for (int i = 0; i < count; i++) {
            byte[] stream = mutator.next();
            long manners = random.nextLong();
            AssertionError broken = broken(stream, manners);
            if (broken != null) {
                byte[] least = Mutator.reduced(stream, less -> broken(less, manners) != null);
                throw new AssertionError(
                        "in the run of seed " + seed + ", answered in the manner " + manners + "L, of\n" + java(least),
                        broken(least, manners));
            }
        }
    }

    private static AssertionError broken(byte[] stream, long manners) {
        try {
            HttpFuzz.check(stream, manners);
            return null;
        } catch (AssertionError broken) {
            return broken;
        } catch (RuntimeException broken) {
            return new AssertionError(broken);
        }
    }

    /** As it stands in a test. */
    private static String java(byte[] bytes) {
        StringBuilder text = new StringBuilder("\"");
        for (char c : new String(bytes, StandardCharsets.ISO_8859_1).toCharArray()) {
            switch (c) {
                case '\r' -> text.append("\\r");
                case '\n' -> text.append("\\n");
                case '"', '\\' -> text.append('\\').append(c);
                default -> text.append(c < ' ' || c > '~' ? String.format("\\u%04x", (int) c) : Character.toString(c));
            }
        }
        return text.append('"').toString();
    }
}
