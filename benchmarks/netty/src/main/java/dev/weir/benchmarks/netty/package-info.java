/** Netty as a server to compare with: what benchmarks/side-by-side starts as netty-epoll and netty-nio. */
package dev.weir.benchmarks.netty;
