/**
 * Turning bytes into messages and messages into bytes.
 *
 * <p><b>Buffers.</b> A decoded message is lent: it is valid until the handler's {@code onMessage} returns, and who wants to keep it
 * copies it. An encoder takes its message: it releases it once, whatever happens.
 */
@PluginApi
package dev.weir.codec;

import dev.weir.PluginApi;
