package dev.weir.protocols.framing;

import dev.weir.plugin.Plugin;
import dev.weir.plugin.PluginModule;

/** Offers the codecs that cut a byte stream into messages. Their settings are in this jar's reference.conf. */
public final class FramingPlugin implements Plugin {

    /** Made by the service loader. */
    public FramingPlugin() {}

    @Override
    public String name() {
        return "framing";
    }

    @Override
    public PluginModule module() {
        return new PluginModule() {
            @Override
            protected void offers() {
                codec("raw", RawCodec::from);
                codec("line", LineCodecs::from);
                codec("length-header", LengthHeaderCodec::from);
                codec("delimiter", DelimiterCodec::from);
                codec("fixed", FixedCodec::from);
            }
        };
    }
}
