package dev.weir.launcher;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * What a command did.
 *
 * @param exitCode what the shell would see
 * @param out what it said on standard output
 * @param err what it said on standard error
 */
record Commanded(int exitCode, String out, String err) {

    /** Runs {@code weir} with these arguments, in this JVM. */
    static Commanded weir(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Main.execute(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
        return new Commanded(exitCode, out.toString(), err.toString());
    }
}
