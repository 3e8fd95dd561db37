/** Contracts that a codec or a transport must keep, and what a test needs to check them without a network. */
package dev.weir.testkit;
