/**
 * The transport over {@code java.nio.channels.Selector}. Runs wherever Java runs.
 *
 * <p>A {@link dev.weir.transport.nio.NioPoller} is a selector; level-triggered, so what is not used up is reported again. The
 * selector hides three things, which this package makes up for: a connection with an empty interest is not watched at all (see
 * {@code ResetWatch}), a closed channel keeps its descriptor until the next select, and bind(2) and listen(2) are one call (see
 * {@code Reservation}).
 */
package dev.weir.transport.nio;
