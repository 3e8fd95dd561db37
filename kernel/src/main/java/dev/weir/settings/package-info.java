/**
 * Typed reading of one configuration block. Nothing here throws for bad input: each fault is collected with file, line, key, value
 * and cure, so that all of them can be reported together.
 */
@PluginApi
package dev.weir.settings;

import dev.weir.PluginApi;
