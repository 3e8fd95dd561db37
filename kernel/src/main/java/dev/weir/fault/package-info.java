/**
 * What can go wrong, sorted by where it comes from: the peer, the environment, or a bug. Everything else in Weir may use this
 * package; it uses none.
 */
@PluginApi
package dev.weir.fault;

import dev.weir.PluginApi;
