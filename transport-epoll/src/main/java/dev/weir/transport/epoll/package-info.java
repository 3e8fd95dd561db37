/**
 * The transport over epoll(7) of Linux, called through {@code java.lang.foreign}. No C code.
 *
 * <p>{@link dev.weir.transport.epoll.EpollTransport} opens an {@code EpollPoller} for each loop. {@code Libc} has the calls by
 * their C names, {@code Headers} the constants and {@code Machine} the layouts that differ by architecture; all memory that a call
 * needs is the poller's, in {@code CallMemory}, so nothing is allocated for a receive, a send or a poll.
 *
 * <p>How a socket is registered, and what is remembered of its readiness, is decided by {@code Trigger}: {@code EDGE} never calls
 * epoll_ctl(2) again, {@code LEVEL} does so at each change of interest; {@code EpollSocket} remembers. Listening sockets are
 * always level-triggered: what was not accepted is reported again.
 */
package dev.weir.transport.epoll;
