/** Event loops: one thread, one poller, a mailbox, a timer wheel. */
package dev.weir.loop;
