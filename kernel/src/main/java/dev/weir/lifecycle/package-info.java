/**
 * Policies: what a server does when connections come, go silent, end, or do not read. A policy decides, the engine acts: a policy
 * is asked at a named moment, sees a read-only connection and answers with a value. So policies are pure and free of circles.
 *
 * <p>A policy object is made once per server from its settings and shared by all loops: it must not change, unless its javadoc
 * says that one is made per acceptor.
 */
@PluginApi
package dev.weir.lifecycle;

import dev.weir.PluginApi;
