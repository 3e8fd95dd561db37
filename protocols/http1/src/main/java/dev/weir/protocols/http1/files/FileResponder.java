package dev.weir.protocols.http1.files;

import dev.weir.fault.FailureLog;
import dev.weir.protocols.http1.HttpDate;
import dev.weir.protocols.http1.HttpRequest;
import dev.weir.protocols.http1.HttpResponse;
import dev.weir.protocols.http1.files.ByteRanges.Range;
import dev.weir.protocols.http1.files.ByteRanges.Selection;
import dev.weir.protocols.http1.files.DocumentRoot.Entry;
import dev.weir.time.Clock;
import dev.weir.transport.FileRegion;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests for files. Blocks on the disk; any thread, and many at once. */
final class FileResponder {
    private static final Logger LOG = LoggerFactory.getLogger(FileResponder.class);

    private static final String ALLOWED = "GET, HEAD, OPTIONS";

    /** How often a file is looked at anew that is written to while it is opened. */
    private static final int MOST_TRIES = 3;

    private final FilesSettings settings;
    private final FileOpener opener;
    private final InstantSource instants;
    private final DocumentRoot root;
    private final Representations representations;
    private final Clock clock;
    private final FailureLog failures;

    FileResponder(FilesSettings settings, FileOpener opener, Clock clock, InstantSource instants) {
        this.settings = settings;
        this.opener = opener;
        this.instants = instants;
        this.root = new DocumentRoot(settings.root(), settings.followLinks(), settings.hidden());
        this.representations = new Representations(root, new MediaTypes(settings.types()), settings.precompressed());
        this.clock = clock;
        this.failures = new FailureLog(LOG);
    }

    /**
     * The answer. Who takes it owns the files that are open for it.
     *
     * @param request a copy
     */
    HttpResponse respond(HttpRequest request) {
        if (request.isMethod("OPTIONS")) {
            return HttpResponse.of(204).header("Allow", ALLOWED);
        }
        if (!request.isMethod("GET") && !request.isMethod("HEAD")) {
            return ErrorPages.of(request, 405, "Files are answered for " + ALLOWED + ".")
                    .header("Allow", ALLOWED);
        }
        try {
            return find(request);
        } catch (NoSuchFileException e) {
            // It went away between looking and opening.
            return notFound(request);
        } catch (AccessDeniedException e) {
            LOG.debug("{} is refused: the process may not read {}", request, e.getFile());
            return ErrorPages.of(request, 403, "The server may not read this file.");
        } catch (IOException e) {
            failures.warn(
                    clock.nanoTime(),
                    "a file could not be opened and its client was answered with 503: " + e
                            + ". With too many open files, raise the limit of descriptors or lower max-connections");
            return ErrorPages.of(request, 503, "The server cannot read this file at the moment.")
                    .header("Retry-After", "1");
        }
    }

    private static HttpResponse notFound(HttpRequest request) {
        return ErrorPages.of(request, 404, "Nothing is at this path.");
    }

    private HttpResponse find(HttpRequest request) throws IOException {
        Optional<RequestPath> path = RequestPath.of(request.path(), settings.hidden());
        Optional<Entry> entry =
                path.isEmpty() ? Optional.empty() : root.find(path.get().names());
        if (entry.isEmpty()) {
            return notFound(request);
        }
        if (entry.get().isDirectory()) {
            return path.get().isDirectory() ? index(path.get(), request) : toDirectory(path.get(), request);
        }
        return path.get().isDirectory() ? notFound(request) : serve(path.get().names(), request);
    }

    private HttpResponse index(RequestPath directory, HttpRequest request) throws IOException {
        for (String name : settings.index()) {
            List<String> names = new ArrayList<>(directory.names());
            names.add(name);
            if (root.findRare(names).filter(Entry::isFile).isPresent()) {
                return serve(names, request);
            }
        }
        return ErrorPages.of(request, 404, "This directory has no page of its own, and it is not listed.");
    }

    /** Relative, so that it leads nowhere else, whatever stands before this server. */
    private static HttpResponse toDirectory(RequestPath path, HttpRequest request) {
        String query = request.query().isEmpty() ? "" : "?" + request.query();
        return ErrorPages.of(request, 301, "This is a directory. Its path ends with a slash.")
                .header("Location", path.withSlash() + query);
    }

    private HttpResponse serve(List<String> names, HttpRequest request) throws IOException {
        for (int i = 0; i < MOST_TRIES; i++) {
            Optional<Entry> file = root.find(names).filter(Entry::isFile);
            if (file.isEmpty()) {
                return notFound(request);
            }
            Optional<Representation> chosen = representations.choose(names, file.get(), request);
            if (chosen.isEmpty()) {
                return ErrorPages.of(request, 406, "This file is not there in any of the codings that are asked for.")
                        .header("Vary", "Accept-Encoding");
            }
            Optional<HttpResponse> response = serve(chosen.get(), request);
            if (response.isPresent()) {
                return response.get();
            }
        }
        throw new IOException(String.join("/", names) + " was changed each time that it was opened");
    }

    /** Empty when the file was changed meanwhile. */
    private Optional<HttpResponse> serve(Representation file, HttpRequest request) throws IOException {
        switch (Conditions.of(request, file)) {
            case NOT_MODIFIED -> {
                return Optional.of(validated(HttpResponse.of(304), file));
            }
            case FAILED -> {
                return Optional.of(
                        ErrorPages.of(request, 412, "The file is not in the state that the request asks for."));
            }
            case SEND -> {
                // Below.
            }
        }
        return switch (selection(file, request)) {
            case Selection.Whole() -> whole(file);
            case Selection.Parts(List<Range> ranges) ->
                ranges.size() == 1 ? part(file, ranges.getFirst()) : parts(file, ranges);
            case Selection.Nothing() ->
                Optional.of(ErrorPages.of(request, 416, "The file has " + file.size() + " bytes.")
                        .header("Content-Range", "bytes */" + file.size()));
        };
    }

    /** Ranges are for GET alone (RFC 9110, 14.2). */
    private Selection selection(Representation file, HttpRequest request) {
        List<String> lines = request.headers("Range");
        boolean isAsked =
                !lines.isEmpty() && request.isMethod("GET") && Conditions.allowRange(request, file, instants.instant());
        Selection asked = isAsked ? ByteRanges.of(lines, file.size(), settings.maxRanges()) : new Selection.Whole();
        // A coding of several parts would be taken for that of their wrapping.
        boolean isMuddled =
                file.coding().isPresent() && asked instanceof Selection.Parts(var ranges) && ranges.size() > 1;
        return isMuddled ? new Selection.Whole() : asked;
    }

    private Optional<HttpResponse> whole(Representation file) throws IOException {
        return open(file, List.of(new Range(0, file.size() - 1)))
                .map(regions -> described(HttpResponse.of(200), file)
                        .header("Content-Type", file.mediaType())
                        .header("Accept-Ranges", "bytes")
                        .body(regions.getFirst()));
    }

    private Optional<HttpResponse> part(Representation file, Range range) throws IOException {
        return open(file, List.of(range))
                .map(regions -> described(HttpResponse.of(206), file)
                        .header("Content-Type", file.mediaType())
                        .header("Content-Range", range.of(file.size()))
                        .body(regions.getFirst()));
    }

    private Optional<HttpResponse> parts(Representation file, List<Range> ranges) throws IOException {
        return open(file, ranges).map(regions -> {
            Multipart multipart = Multipart.create();
            for (int i = 0; i < ranges.size(); i++) {
                multipart.add(file.mediaType(), ranges.get(i).of(file.size()), regions.get(i));
            }
            return described(HttpResponse.of(206), file)
                    .header("Content-Type", multipart.mediaType())
                    .body(multipart.end());
        });
    }

    private HttpResponse described(HttpResponse response, Representation file) {
        // No later than Date (RFC 9110, 8.8.2.1).
        Instant now = instants.instant();
        Instant modified = file.lastModified().isAfter(now) ? now : file.lastModified();
        file.coding().ifPresent(coding -> response.header("Content-Encoding", coding.token()));
        return validated(response, file)
                .header("Last-Modified", HttpDate.format(modified))
                .header("X-Content-Type-Options", "nosniff");
    }

    /** What a 304 has, too (RFC 9110, 15.4.5). */
    private HttpResponse validated(HttpResponse response, Representation file) {
        if (file.varies()) {
            response.header("Vary", "Accept-Encoding");
        }
        settings.cacheControl().ifPresent(text -> response.header("Cache-Control", text));
        return response.header("ETag", file.entityTag());
    }

    /** Opens the file for each range; empty when it is not what was looked at any more. */
    private Optional<List<FileRegion>> open(Representation file, List<Range> ranges) throws IOException {
        Entry entry = file.file();
        List<FileRegion> opened = new ArrayList<>(ranges.size());
        boolean isKept = false;
        try {
            for (Range range : ranges) {
                opened.add(opener.open(entry.path(), range.first(), range.length()));
            }
            isKept = opened.stream().allMatch(region -> isOf(region, entry)) && root.isStill(entry);
            return isKept ? Optional.of(opened) : Optional.empty();
        } finally {
            if (!isKept) {
                close(opened);
            }
        }
    }

    private static boolean isOf(FileRegion region, Entry entry) {
        return region.source()
                .filter(source -> source.key().equals(entry.attributes().fileKey()))
                .isPresent();
    }

    private static void close(List<FileRegion> regions) {
        for (FileRegion region : regions) {
            try {
                region.close();
            } catch (IOException e) {
                LOG.warn("closing a file that is not sent failed: {}", e.toString());
            }
        }
    }
}
