/** Weir's numbers as Prometheus text, and its last endings as JSON, over HTTP. */
package dev.weir.protocols.metrics;
