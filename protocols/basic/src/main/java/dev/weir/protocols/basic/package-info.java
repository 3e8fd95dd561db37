/** The small protocols of the early Internet: echo, discard, chargen, daytime and time. For first steps, probes and tests. */
package dev.weir.protocols.basic;
