/** The protocol {@code http-demo}: something to ask for, in demos, benchmarks and tests of clients. */
package dev.weir.protocols.http1.demo;
