package dev.weir.launcher;

import java.io.PrintWriter;

/**
 * Where a command writes.
 *
 * @param out standard output: what was asked for
 * @param err standard error: what went wrong
 */
record Console(PrintWriter out, PrintWriter err) {}
