package dev.weir.config;

import com.typesafe.config.ConfigException;

/** What the HOCON parser complains of, without the place, which the fault has already. */
final class SyntaxFault {
    private SyntaxFault() {}

    /** Where the parser looks last for an included file. */
    private static final String NOT_INCLUDED = "resource not found on classpath";

    /** The complaint as a sentence. */
    static String problem(ConfigException e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        if (message.contains(NOT_INCLUDED)) {
            return "is to be included and is not there.";
        }
        if (e.origin() != null) {
            String place = e.origin().description() + ": ";
            message = message.startsWith(place) ? message.substring(place.length()) : message;
        }
        return message.endsWith(".") || message.endsWith(")") ? message : message + ".";
    }

    /** How to mend it. */
    static String cure(ConfigException e) {
        return switch (e) {
            case ConfigException.UnresolvedSubstitution u -> "Define it, or write ${?NAME} where it may be missing.";
            case ConfigException.IO io ->
                "Correct the name, which counts from the file that includes it, or make it readable.";
            default ->
                "Texts with : = , { } [ ] + or # need quotes; a choice with settings is written"
                        + " key { use = NAME, … }.";
        };
    }
}
