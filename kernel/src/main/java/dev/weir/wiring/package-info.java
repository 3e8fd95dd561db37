/** Guice modules of the kernel: what it offers, stated like any plugin's. */
package dev.weir.wiring;
