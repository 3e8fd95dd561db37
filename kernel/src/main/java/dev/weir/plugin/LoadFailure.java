package dev.weir.plugin;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipException;

/**
 * What went wrong while a plugin's code was loaded or run, for a person.
 *
 * @param problem what happened; a sentence without its subject, which is the jar
 * @param cure how to mend it
 */
record LoadFailure(String problem, String cure) {
    private static final Pattern CLASS_FILE_VERSION = Pattern.compile("class file version (\\d+)");
    /** Java 1 had class file version 45. */
    private static final int VERSION_OF_JAVA_0 = 44;

    /**
     * Explains a failure.
     *
     * @param doing what was being done, after which the words go on with "failed"
     */
    static LoadFailure of(String doing, Throwable thrown) {
        return switch (thrown) {
            case InvocationTargetException e when e.getCause() != null -> of(doing, e.getCause());
            case ExceptionInInitializerError e when e.getCause() != null -> of(doing, e.getCause());
            case UnsupportedClassVersionError e -> newerJava(e);
            case NoClassDefFoundError e -> lacks(e);
            case LinkageError e ->
                new LoadFailure(
                        doing + " failed: " + said(e) + ".",
                        "Build it against this version of Weir and put all of its libraries with it.");
            case ClassNotFoundException e
            when e.getCause() instanceof IOException damaged ->
                new LoadFailure("cannot be read: " + said(damaged) + ".", "Build it again or copy it again.");
            default ->
                new LoadFailure(
                        doing + " failed: " + said(thrown) + at(thrown) + ".",
                        "This is a defect of the plugin: ask its author, or take the jar away.");
        };
    }

    /** Explains why a jar or a folder cannot be read. */
    static LoadFailure unreadable(IOException failure) {
        return switch (failure) {
            case NoSuchFileException e -> new LoadFailure("is a link to nothing.", "Mend the link, or take it away.");
            case AccessDeniedException e ->
                new LoadFailure("may not be read by the user that runs Weir.", "Give that user the right to.");
            case ZipException e ->
                new LoadFailure(
                        "is no jar, or is damaged: " + e.getMessage() + ".", "Build it again or copy it again.");
            default -> new LoadFailure("cannot be read: " + said(failure) + ".", "Build it again or copy it again.");
        };
    }

    private static LoadFailure newerJava(UnsupportedClassVersionError error) {
        Matcher version = CLASS_FILE_VERSION.matcher(String.valueOf(error.getMessage()));
        String needed =
                version.find() ? String.valueOf(Integer.parseInt(version.group(1)) - VERSION_OF_JAVA_0) : "a newer one";
        int runs = Runtime.version().feature();
        return new LoadFailure(
                "was built for Java " + needed + ", and this is Java " + runs + ".",
                "Run Weir on Java " + needed + ", or build the plugin with --release " + runs + ".");
    }

    private static LoadFailure lacks(NoClassDefFoundError error) {
        String type = String.valueOf(error.getMessage()).replace('/', '.');
        return new LoadFailure(
                "lacks the class " + type + ".",
                "Put the plugin and the libraries that it needs into a folder of their own in the plugin folder"
                        + " (plugins/NAME/*.jar), or name the plugin that has the class in Weir-Requires.");
    }

    private static String said(Throwable thrown) {
        String message = thrown.getMessage();
        return thrown.getClass().getName() + (message == null || message.isBlank() ? "" : ": " + message.strip());
    }

    private static String at(Throwable thrown) {
        StackTraceElement[] stack = thrown.getStackTrace();
        return stack.length == 0
                ? ""
                : " (at " + stack[0].getClassName() + "." + stack[0].getMethodName() + ", line "
                        + stack[0].getLineNumber() + ")";
    }
}
