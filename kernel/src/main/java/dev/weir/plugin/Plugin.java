package dev.weir.plugin;

/**
 * The door of a plugin jar, named in {@code META-INF/services/dev.weir.plugin.Plugin}. Needs a public constructor without
 * parameters, which must do nothing that can fail.
 */
public interface Plugin {

    /** The version of this interface; a jar's manifest says which it was built for ({@code Weir-Api: 1}). */
    int API = 1;

    /** The plugin's name, unique in a process: lower-case letters, digits and dashes. */
    String name();

    /** What it offers. Called once. */
    PluginModule module();
}
