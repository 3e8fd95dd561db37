package dev.weir.protocols.http1.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is wanted of one response.
 *
 * @param status its status
 * @param body its body, where that matters
 * @param has header lines that it must have
 * @param lacks names of fields that it must not have
 * @param isBare true when no body may follow it, whatever its fields say: it answers HEAD, or CONNECT with success
 * @param isOptional true when it may be left out, as a 100 may whose body is on its way already
 */
record Answer(
        int status, Optional<String> body, List<String> has, List<String> lacks, boolean isBare, boolean isOptional) {

    static Answer status(int status) {
        return new Answer(status, Optional.empty(), List.of(), List.of(), false, false);
    }

    /** 200 with this body. */
    static Answer ok(String body) {
        return status(200).body(body);
    }

    /** 100, or nothing. */
    static Answer maybeContinue() {
        return new Answer(100, Optional.empty(), List.of(), List.of(), false, true);
    }

    Answer body(String text) {
        return new Answer(status, Optional.of(text), has, lacks, isBare, isOptional);
    }

    Answer has(String line) {
        return new Answer(status, body, and(has, line), lacks, isBare, isOptional);
    }

    Answer lacks(String name) {
        return new Answer(status, body, has, and(lacks, name), isBare, isOptional);
    }

    /** It answers HEAD or, with success, CONNECT. */
    Answer bare() {
        return new Answer(status, Optional.of(""), has, lacks, true, isOptional);
    }

    private static List<String> and(List<String> some, String more) {
        List<String> all = new ArrayList<>(some);
        all.add(more);
        return List.copyOf(all);
    }
}
