/**
 * The whole configuration file as records, and how the file is loaded. Every default stands in the kernel's {@code reference.conf}
 * and in those of the plugins; the code has none.
 */
package dev.weir.config;
