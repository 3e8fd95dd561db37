package dev.weir.protocols.http1.files;

import dev.weir.protocols.http1.HttpRequest;
import dev.weir.protocols.http1.files.DocumentRoot.Entry;
import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** Chooses among a file and its coded siblings what a client likes best (RFC 9110, 12.5.3). Blocks; any thread. */
final class Representations {
    private static final String FIELD = "Accept-Encoding";

    private final DocumentRoot root;
    private final MediaTypes types;
    private final List<ContentCoding> codings;

    /** @param codings those that are looked for, the preferred first */
    Representations(DocumentRoot root, MediaTypes types, List<ContentCoding> codings) {
        this.root = root;
        this.types = types;
        this.codings = codings;
    }

    /**
     * The best of what is there.
     *
     * @param names where the file was found
     * @return empty when the client takes nothing that is there
     */
    Optional<Representation> choose(List<String> names, Entry file, HttpRequest request) throws IOException {
        Weights accepted = Weights.of(request.headers(FIELD));
        String mediaType = types.of(names.getLast());
        ContentCoding best = null;
        Entry bestFile = null;
        int bestWeight = 0;
        boolean varies = false;
        for (ContentCoding coding : codings) {
            Optional<Entry> sibling = sibling(names, file, coding);
            int weight = sibling.isPresent() ? weight(accepted, coding) : 0;
            varies |= sibling.isPresent();
            if (weight > bestWeight) {
                best = coding;
                bestFile = sibling.get();
                bestWeight = weight;
            }
        }
        // Without a coding all is well that was not said otherwise (RFC 9110, 12.5.3), but a coding that was asked for
        // is liked better.
        OptionalInt plain = plain(accepted);
        if (best != null && bestWeight >= plain.orElse(0)) {
            return Optional.of(new Representation(bestFile, mediaType, Optional.of(best), true));
        }
        boolean isRefused = plain.isPresent() && plain.getAsInt() == 0;
        return isRefused
                ? Optional.empty()
                : Optional.of(new Representation(file, mediaType, Optional.empty(), varies));
    }

    private static int weight(Weights accepted, ContentCoding coding) {
        // RFC 9110, 8.4.1.3: x-gzip is gzip.
        return coding == ContentCoding.GZIP
                ? accepted.firstOf(coding.token(), "x-gzip", "*")
                : accepted.firstOf(coding.token(), "*");
    }

    private static OptionalInt plain(Weights accepted) {
        OptionalInt plain = accepted.of("identity");
        return plain.isPresent() ? plain : accepted.of("*");
    }

    /** The file in a coding, unless it is older than the file: then somebody forgot to make it anew. */
    private Optional<Entry> sibling(List<String> names, Entry file, ContentCoding coding) throws IOException {
        List<String> beside = new ArrayList<>(names);
        beside.set(names.size() - 1, names.getLast() + coding.suffix());
        return root.findRare(beside)
                .filter(Entry::isFile)
                .filter(entry -> seconds(entry.attributes().lastModifiedTime())
                        >= seconds(file.attributes().lastModifiedTime()));
    }

    /** Copying from machine to machine may lose what is below a second. */
    private static long seconds(FileTime time) {
        return time.to(TimeUnit.SECONDS);
    }
}
