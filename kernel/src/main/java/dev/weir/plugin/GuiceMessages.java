package dev.weir.plugin;

import com.google.inject.Key;

/** Guice's messages cut down to what a person needs who has never heard of Guice. */
final class GuiceMessages {
    private GuiceMessages() {}

    /** What a binding is for: its type, and its annotation where it has one. */
    static String name(Key<?> key) {
        return key.getAnnotation() instanceof Offer offer
                ? offer.kind() + " " + offer.name()
                : key.getTypeLiteral() + (key.getAnnotation() == null ? "" : " with " + key.getAnnotation());
    }

    /** The first line of a message as a sentence; what follows it speaks of Guice. */
    static String firstSentence(String message) {
        String first = message.strip().lines().findFirst().orElse("");
        return first.endsWith(".") ? first : first + ".";
    }
}
