/** Weir's numbers as Prometheus text over HTTP. */
package dev.weir.protocols.metrics;
