/**
 * HTTP/1.1 (RFC 9110, RFC 9112): requests and responses for protocols of any kind, the codec {@code http1}, and a router.
 *
 * <p>A protocol that takes {@link dev.weir.protocols.http1.HttpRequest} and gives {@link dev.weir.protocols.http1.HttpResponse} runs
 * on the codec; {@link dev.weir.protocols.http1.Router} is one to which handlers are added by method and path.
 */
@PluginApi
package dev.weir.protocols.http1;

import dev.weir.PluginApi;
