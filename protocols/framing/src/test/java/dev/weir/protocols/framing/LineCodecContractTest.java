package dev.weir.protocols.framing;

import dev.weir.codec.CodecFactory;
import dev.weir.testkit.CodecContract;
import dev.weir.testkit.TransportSubject;
import dev.weir.testkit.simulation.SimulatedSubject;
import java.util.List;

/** The codec of text lines keeps the contract of all codecs. */
class LineCodecContractTest extends CodecContract<String, String> {
    @Override
    protected CodecFactory<String, String> codec() {
        return Framing.PARTS.codec("{ use = line, text = on, max-length = 1KiB }", String.class, String.class);
    }

    @Override
    protected String text(String message) {
        return message;
    }

    @Override
    protected List<Stream> streams() {
        return List.of(
                new Stream(Framing.bytes("one\ntwo\r\n\nfour\n"), List.of("one", "two", "", "four")),
                new Stream(Framing.bytes("x".repeat(300) + "\n"), List.of("x".repeat(300))));
    }

    @Override
    protected TransportSubject subject() {
        return SimulatedSubject.drawn();
    }
}
