package com.example.greeter;

import dev.weir.protocol.BlockingProtocol;
import dev.weir.protocol.BlockingSession;
import java.util.Optional;

/** Asks two questions, one after the other. Runs on a virtual thread of its own, so it may block. */
final class Interview implements BlockingProtocol<String, String> {
    @Override
    public Class<String> inbound() {
        return String.class;
    }

    @Override
    public Class<String> outbound() {
        return String.class;
    }

    @Override
    public void serve(BlockingSession<String, String> session) throws Exception {
        session.write("What is your name?");
        Optional<String> name = session.read();
        if (name.isEmpty()) {
            return; // The peer has ended its half.
        }
        session.write("What is your quest, " + name.get() + "?");
        Optional<String> quest = session.read();
        session.write(quest.isPresent() ? "Off you go." : "Come back when you know.");
    }
}
