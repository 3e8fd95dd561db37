package com.example.greeter;

import dev.weir.protocol.Handler;
import dev.weir.protocol.Protocol;
import dev.weir.protocol.Session;
import dev.weir.settings.Settings;

/** Answers each line with a greeting. Runs on the event loop, so it must not block. */
final class Greeter implements Protocol<String, String> {
    private final String greeting;

    Greeter(Settings settings) {
        greeting = settings.string("greeting");
    }

    @Override
    public Class<String> inbound() {
        return String.class;
    }

    @Override
    public Class<String> outbound() {
        return String.class;
    }

    @Override
    public Handler<String> open(Session<String> session) {
        return name -> session.send(greeting + ", " + name + "!");
    }
}
