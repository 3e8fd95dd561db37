/**
 * The kernel of Weir. Each package below this one uses only those that stand before it in this order: fault, time,
 * settings, metrics, transport, connection, codec, protocol, lifecycle, plugin, strategies, loop, engine, config,
 * server, wiring.
 */
package dev.weir;
