package com.example.greeter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.protocol.Handler;
import dev.weir.settings.Settings;
import dev.weir.testkit.RecordingSession;
import java.util.List;
import org.junit.jupiter.api.Test;

class GreeterTest {
    @Test
    void greetsByName() {
        RecordingSession<String> session = new RecordingSession<>(String::toString);
        Handler<String> handler = new Greeter(Settings.parse("greeting = Hello")).open(session);
        handler.onMessage("Ada");
        assertEquals(List.of("Hello, Ada!"), session.sent());
    }
}
