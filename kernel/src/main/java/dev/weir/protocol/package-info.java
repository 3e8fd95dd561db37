/**
 * What a protocol author writes: a {@link dev.weir.protocol.Protocol} with a handler on the event loop, or a {@link
 * dev.weir.protocol.BlockingProtocol} on a virtual thread.
 */
@PluginApi
package dev.weir.protocol;

import dev.weir.PluginApi;
