/**
 * A transport between Weir and another one that does what a layer such as TLS does: {@link
 * dev.weir.testkit.holding.HoldingTransport} holds bytes of which no event tells, and has sends wait for reads.
 */
package dev.weir.testkit.holding;
