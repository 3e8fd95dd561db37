package dev.weir.protocols.http1;

import com.google.inject.Singleton;
import dev.weir.plugin.Plugin;
import dev.weir.plugin.PluginModule;
import dev.weir.protocols.http1.accesslog.AccessLog;
import dev.weir.protocols.http1.demo.HttpDemo;
import dev.weir.protocols.http1.files.HttpFiles;

/** Offers the codec {@code http1} and the protocols on it. */
public final class Http1Plugin implements Plugin {
    /** Made by the service loader. */
    public Http1Plugin() {}

    @Override
    public String name() {
        return "http1";
    }

    @Override
    public PluginModule module() {
        return new PluginModule() {
            @Override
            protected void offers() {
                bind(AccessLog.class).in(Singleton.class);
                codec("http1", HttpCodecs.class);
                protocol("http-demo", HttpDemo::from);
                protocol("http-files", HttpFiles.class);
            }
        };
    }
}
