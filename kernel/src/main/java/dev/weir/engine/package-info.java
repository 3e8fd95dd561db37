/** Connections: accepting, reading, writing, closing. Policies decide, these classes act. */
package dev.weir.engine;
