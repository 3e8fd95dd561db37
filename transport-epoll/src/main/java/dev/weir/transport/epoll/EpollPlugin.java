package dev.weir.transport.epoll;

import dev.weir.plugin.Plugin;
import dev.weir.plugin.PluginModule;

/** Offers the transport {@code epoll}. */
public final class EpollPlugin implements Plugin {

    @Override
    public String name() {
        return EpollTransport.NAME;
    }

    @Override
    public PluginModule module() {
        return new PluginModule() {
            @Override
            protected void offers() {
                transport(EpollTransport.NAME, settings -> {
                    Trigger trigger = settings.oneOf("trigger", Trigger.class);
                    settings.rejectUnknown();
                    return new EpollTransport(trigger);
                });
            }
        };
    }
}
