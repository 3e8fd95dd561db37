/** Time as Weir sees it: a monotonic clock that tests can replace, and timers that never fire early. */
@PluginApi
package dev.weir.time;

import dev.weir.PluginApi;
