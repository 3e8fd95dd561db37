/** The command {@code weir}: its options, signals, logging and exit codes. */
package dev.weir.launcher;
