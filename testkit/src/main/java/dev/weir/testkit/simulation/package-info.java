/**
 * A network in memory, on which an engine and its servers run without threads, without waiting and without chance: {@link
 * dev.weir.testkit.simulation.SimulatedTransport} is a transport whose kernel is played by this package, {@link
 * dev.weir.testkit.simulation.SimulatedPeer} the other end of its connections, {@link dev.weir.testkit.simulation.VirtualClock} its
 * time. What a caller of a transport may not assume happens here at the will of a seed, and the same seed with the same calls gives
 * the same run.
 *
 * <p>Everything is used by one thread; what is marked so may be called from others.
 */
package dev.weir.testkit.simulation;
