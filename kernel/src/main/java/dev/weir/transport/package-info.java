/**
 * What a transport must provide: a poller for each event loop, and sockets. It knows readiness and system calls, never
 * connections, codecs or timers.
 *
 * <p>An implementation provides: a {@link dev.weir.transport.Poller} for each loop, all of whose methods but {@code wake} are
 * called on that loop; listening sockets that are bound first and listen later; stream sockets that receive, send, half-close,
 * close and abort without ever blocking; and the options that its {@link dev.weir.transport.Capabilities} list.
 *
 * <p>A caller may not assume: that a reported readiness is still true (a socket reported readable may would-block); that readiness
 * of a stream is reported again when it was not used up (edge triggering); that it is not (level triggering); that a socket whose interest is
 * empty is silent; that one event carries one fact (data and the peer's end may come together, and nothing comes after them).
 *
 * <p>An implementation must: report {@link dev.weir.transport.Readiness#FAILED} within about a second when the peer resets a
 * TCP connection whose interest is empty; never report a token after its socket was closed except within the same poll (the loop
 * drops it by its generation); give back a closed socket's descriptor no later than the next poll.
 */
@PluginApi
package dev.weir.transport;

import dev.weir.PluginApi;
