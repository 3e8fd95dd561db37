/**
 * The access log: a line for each request that was answered. A loop only puts an {@link
 * dev.weir.protocols.http1.accesslog.AccessEntry} into its {@link dev.weir.protocols.http1.accesslog.AccessQueue}; one thread for all
 * loops makes lines of them.
 */
package dev.weir.protocols.http1.accesslog;
