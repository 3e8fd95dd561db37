package dev.weir.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.weir.codec.CodecFactory;
import dev.weir.testkit.simulation.SimulatedSubject;
import io.netty.buffer.ByteBuf;
import java.util.List;

/** An honest codec keeps the contract of all codecs. */
class LengthByteContractTest extends CodecContract<ByteBuf, ByteBuf> {
    @Override
    protected CodecFactory<ByteBuf, ByteBuf> codec() {
        return LengthByteCodec.factory(LengthByteCodec::new);
    }

    @Override
    protected String text(ByteBuf message) {
        return message.toString(ISO_8859_1);
    }

    @Override
    protected List<Stream> streams() {
        return List.of(
                new Stream(new byte[0], List.of()),
                new Stream("\5hello\0\1!".getBytes(ISO_8859_1), List.of("hello", "", "!")));
    }

    @Override
    protected TransportSubject subject() {
        return SimulatedSubject.drawn();
    }
}
