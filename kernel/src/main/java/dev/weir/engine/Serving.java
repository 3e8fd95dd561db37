package dev.weir.engine;

import dev.weir.codec.CodecFactory;
import dev.weir.protocol.AnyProtocol;

/**
 * Who serves a connection: its server's codec and protocol, or those that it has switched to.
 *
 * @param codecs has given it its codec
 * @param protocol has given it its handler
 * @param maxUndecodedBytes how many bytes may wait that make no whole message
 */
record Serving(CodecFactory<?, ?> codecs, AnyProtocol<Object, Object> protocol, int maxUndecodedBytes) {
    @SuppressWarnings("unchecked") // Matched by class when the server was configured.
    static Serving of(CodecFactory<?, ?> codecs, AnyProtocol<?, ?> protocol) {
        return new Serving(codecs, (AnyProtocol<Object, Object>) protocol, codecs.maxUndecodedBytes());
    }
}
