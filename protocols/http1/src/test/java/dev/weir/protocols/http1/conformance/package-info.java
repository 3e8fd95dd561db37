/**
 * What a client gets for its bytes, as tables: one class of cases for each theme, each case with the section that asks for it. They run
 * on the codec alone, cut at every place, and over sockets.
 */
package dev.weir.protocols.http1.conformance;
