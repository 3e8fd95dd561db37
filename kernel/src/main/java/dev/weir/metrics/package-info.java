/** Plain counters and gauges: one thread writes, any thread reads, no library. */
@PluginApi
package dev.weir.metrics;

import dev.weir.PluginApi;
