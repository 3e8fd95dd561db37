/**
 * Side-by-side runs: servers as processes of their own, driven one after the other by the same load, and compared.
 * {@link dev.weir.benchmarks.SideBySide} is the conductor, {@link dev.weir.benchmarks.Load} the process that loads; docs/performance.md
 * says what the figures mean.
 */
package dev.weir.benchmarks;
