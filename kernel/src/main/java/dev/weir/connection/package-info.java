/** What policies and protocols may see of a connection: addresses, ages, byte counts, its state. Read only. */
@PluginApi
package dev.weir.connection;

import dev.weir.PluginApi;
