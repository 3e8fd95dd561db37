package dev.weir.protocols.http1.conformance;

import dev.weir.codec.Codec;
import dev.weir.codec.CodecFactory;
import dev.weir.codec.MessageWindow;
import dev.weir.codec.Output;
import dev.weir.connection.Connection;
import dev.weir.protocol.Handler;
import dev.weir.protocol.Protocol;
import dev.weir.protocol.Session;
import io.netty.buffer.ByteBuf;

/** Another protocol, to which a connection can change: it gives back what it gets. */
final class Echo implements Protocol<ByteBuf, ByteBuf> {
    @Override
    public Class<ByteBuf> inbound() {
        return ByteBuf.class;
    }

    @Override
    public Class<ByteBuf> outbound() {
        return ByteBuf.class;
    }

    @Override
    public Handler<ByteBuf> open(Session<ByteBuf> session) {
        return session::send;
    }

    /** Its codec. */
    static final class Bytes implements CodecFactory<ByteBuf, ByteBuf> {
        @Override
        public Class<ByteBuf> inbound() {
            return ByteBuf.class;
        }

        @Override
        public Class<ByteBuf> outbound() {
            return ByteBuf.class;
        }

        @Override
        public int maxUndecodedBytes() {
            return 1;
        }

        @Override
        public Codec<ByteBuf, ByteBuf> create(Connection connection, MessageWindow window) {
            return new Codec<>() {
                @Override
                public ByteBuf decode(ByteBuf in) {
                    return in.isReadable() ? window.showNext(in, in.readableBytes()) : null;
                }

                @Override
                public void encode(ByteBuf message, Output out) {
                    out.write(message);
                }
            };
        }
    }
}
