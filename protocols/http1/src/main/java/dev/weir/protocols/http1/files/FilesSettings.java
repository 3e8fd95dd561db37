package dev.weir.protocols.http1.files;

import dev.weir.settings.Settings;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is configured; {@code reference.conf} says what each means. */
record FilesSettings(
        Path root,
        List<String> index,
        boolean followLinks,
        boolean hidden,
        Optional<String> cacheControl,
        List<ContentCoding> precompressed,
        Map<String, String> types,
        int maxRanges) {
    /** Each range of a request has the file open for itself. */
    private static final int MOST_RANGES = 64;

    static FilesSettings from(Settings settings) {
        boolean hidden = settings.onOff("hidden");
        return new FilesSettings(
                root(settings),
                index(settings, hidden),
                settings.onOff("follow-links"),
                hidden,
                cacheControl(settings),
                precompressed(settings),
                types(settings),
                settings.integer("max-ranges", 1, MOST_RANGES));
    }

    private static Path root(Settings settings) {
        String text = settings.string("root");
        try {
            Path root = Path.of(text);
            if (!text.isEmpty() && !Files.isDirectory(root)) {
                settings.fault(
                        "root",
                        root.toAbsolutePath() + " is no directory that this process can see.",
                        "Write the path of the directory whose files are to be served, and let the process read it.");
            }
            return root;
        } catch (InvalidPathException e) {
            settings.fault("root", "is no path: " + e.getMessage() + ".", "Write the path of a directory.");
            return Path.of("");
        }
    }

    private static List<String> index(Settings settings, boolean hidden) {
        List<String> names = settings.strings("index");
        for (int i = 0; i < names.size(); i++) {
            if (!RequestPath.isName(names.get(i), hidden)) {
                settings.fault(
                        "index",
                        i,
                        "\"" + names.get(i) + "\" is no name of a file in each directory.",
                        "Write a name without a slash, such as index.html.");
            }
        }
        return names;
    }

    private static Optional<String> cacheControl(Settings settings) {
        String text = settings.string("cache-control");
        if (text.equals("off") || text.equals("false")) {
            return Optional.empty();
        }
        if (text.isBlank() || !text.chars().allMatch(c -> c >= ' ' && c < 0x7F)) {
            settings.fault(
                    "cache-control",
                    "is no value of a header field.",
                    "Write directives such as \"max-age=3600\" (RFC 9111, 5.2), or off.");
        }
        return Optional.of(text);
    }

    private static List<ContentCoding> precompressed(Settings settings) {
        List<String> names = settings.strings("precompressed");
        List<ContentCoding> codings = new ArrayList<>();
        if (names.equals(List.of("off"))) {
            return codings;
        }
        for (int i = 0; i < names.size(); i++) {
            Optional<ContentCoding> coding = ContentCoding.of(names.get(i));
            if (coding.isEmpty() || codings.contains(coding.get())) {
                settings.fault(
                        "precompressed",
                        i,
                        "\"" + names.get(i) + "\" " + (coding.isEmpty() ? "is no coding." : "is there twice."),
                        "Write each of br, zstd and gzip once at the most, or off.");
            }
            coding.ifPresent(codings::add);
        }
        return List.copyOf(codings);
    }

    private static Map<String, String> types(Settings settings) {
        Settings block = settings.block("types");
        Map<String, String> types = new LinkedHashMap<>();
        for (String extension : block.names()) {
            String type = block.string(extension);
            types.put(extension, type);
            if (!type.isEmpty() && !MediaTypes.isMediaType(type)) {
                block.fault(extension, "is \"" + type + "\".", "Write a media type such as \"text/html\".");
            }
            if (extension.isEmpty() || extension.contains(".")) {
                block.fault(
                        extension,
                        "has a dot in its name.",
                        "Write what stands behind the last dot of the files' names.");
            }
        }
        return types;
    }
}
