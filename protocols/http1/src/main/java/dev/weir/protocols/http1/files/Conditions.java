package dev.weir.protocols.http1.files;

import dev.weir.protocols.http1.HttpDate;
import dev.weir.protocols.http1.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Under which conditions a client wants a file (RFC 9110, 13), for GET and HEAD. */
final class Conditions {
    /** Two changes within one second have one date (RFC 9110, 8.8.2.2). */
    private static final Duration GRAIN = Duration.ofSeconds(1);

    /** What they come to. */
    enum Outcome {
        /** As if there were none. */
        SEND,
        /** 304. */
        NOT_MODIFIED,
        /** 412. */
        FAILED
    }

    private Conditions() {}

    /** Weighs them in the order that RFC 9110, 13.2.2 demands. A date that is none, or comes twice, is no condition. */
    static Outcome of(HttpRequest request, Representation file) {
        if (request.hasHeader("If-Match")) {
            if (!EntityTags.include(request.headers("If-Match"), file.entityTag(), false)) {
                return Outcome.FAILED;
            }
        } else if (date(request, "If-Unmodified-Since")
                .filter(file.lastModified()::isAfter)
                .isPresent()) {
            return Outcome.FAILED;
        }
        boolean isKnown = request.hasHeader("If-None-Match")
                ? EntityTags.include(request.headers("If-None-Match"), file.entityTag(), true)
                : date(request, "If-Modified-Since")
                        .filter(date -> !file.lastModified().isAfter(date))
                        .isPresent();
        return isKnown ? Outcome.NOT_MODIFIED : Outcome.SEND;
    }

    /**
     * Whether a range may be sent: the client has parts of this very file, or does not say of which (RFC 9110, 13.1.5).
     *
     * @param now the time of day
     */
    static boolean allowRange(HttpRequest request, Representation file, Instant now) {
        List<String> lines = request.headers("If-Range");
        if (lines.isEmpty()) {
            return true;
        }
        String validator = lines.getFirst();
        if (lines.size() > 1 || validator.startsWith("W/")) {
            return false;
        }
        if (validator.startsWith("\"")) {
            return validator.equals(file.entityTag());
        }
        boolean isStrong = !now.isBefore(file.lastModified().plus(GRAIN));
        return isStrong
                && HttpDate.parse(validator).filter(file.lastModified()::equals).isPresent();
    }

    private static Optional<Instant> date(HttpRequest request, String field) {
        List<String> lines = request.headers(field);
        return lines.size() == 1 ? HttpDate.parse(lines.getFirst()) : Optional.empty();
    }
}
