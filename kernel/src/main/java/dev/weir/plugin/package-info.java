/**
 * Plugging parts in. A jar holds one or more {@link dev.weir.plugin.Plugin}s; each names itself and gives a module that offers
 * codecs, protocols, transports and policies by name. Weir's own parts are offered in the same way.
 *
 * <p>A plugin's jar has
 *
 * <ul>
 *   <li>{@code META-INF/services/dev.weir.plugin.Plugin}, which names its plugins' classes;
 *   <li>in its manifest {@code Weir-Api: 1}, and {@code Weir-Requires: a, b} where it uses the types of the plugins a and b;
 *   <li>{@code reference.conf} with the defaults of what it offers, {@code weir.defaults.<kind>.<name>}, and nothing else.
 * </ul>
 *
 * <p>It lies on the class path or in the plugin folder: by itself, or in a folder of its own together with the libraries that it
 * needs. Each has a class loader. The JDK's classes, and those of {@code dev.weir}, Netty, Guice, jakarta.inject, Typesafe config and
 * SLF4J, come from the class path first; of everything else a plugin may bring its own version.
 *
 * <p>{@link dev.weir.plugin.PluginCatalog} and {@link dev.weir.plugin.Parts} are for who starts Weir; plugins do not need them.
 */
@PluginApi
package dev.weir.plugin;

import dev.weir.PluginApi;
