/** The running whole: servers, the start in order, the drain, the report. {@link dev.weir.server.Weir} is the door. */
package dev.weir.server;
