package dev.weir.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the process has, for the log when it ends for want of descriptors: its descriptors by kind, and its threads. */
final class ExhaustionReport {
    private static final Path OPEN = Path.of("/proc/self/fd");

    private ExhaustionReport() {}

    /** The report, line by line. Takes a descriptor while it looks. */
    static List<String> now() {
        List<String> lines = new ArrayList<>();
        lines.add(descriptors());
        Thread.getAllStackTraces()
                .forEach((thread, stack) -> lines.add("thread " + thread.getName() + ": " + thread.getState()
                        + (stack.length == 0 ? "" : " in " + stack[0])));
        return lines;
    }

    private static String descriptors() {
        Map<String, Integer> byKind = new TreeMap<>();
        // Not by java.nio.file, which takes two descriptors for it.
        String[] numbers = OPEN.toFile().list();
        if (numbers == null) {
            return "descriptors: not known, " + OPEN + " cannot be read";
        }
        for (String number : numbers) {
            byKind.merge(kind(OPEN.resolve(number)), 1, Integer::sum);
        }
        return "descriptors: "
                + byKind.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey())
                        .collect(Collectors.joining(", "));
    }

    /** A word for what proc(5) says of a descriptor: "socket:[4711]", "anon_inode:[eventpoll]", or a path. */
    private static String kind(Path link) {
        String target;
        try {
            target = Files.readSymbolicLink(link).toString();
        } catch (IOException closed) {
            return "closed meanwhile";
        }
        if (target.startsWith("anon_inode:")) {
            return target.substring("anon_inode:".length()).replaceAll("[\\[\\]]", "");
        }
        if (target.startsWith("/")) {
            return target.endsWith(".jar") ? "jar" : "file";
        }
        int colon = target.indexOf(':');
        return colon < 0 ? "other" : target.substring(0, colon);
    }
}
