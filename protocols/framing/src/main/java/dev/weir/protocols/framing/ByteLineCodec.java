package dev.weir.protocols.framing;

import dev.weir.codec.Codec;
import dev.weir.codec.MessageWindow;
import dev.weir.codec.Output;
import dev.weir.codec.ProtocolViolation;
import io.netty.buffer.ByteBuf;

/** Lines as bytes. A message is a view of the input. */
final class ByteLineCodec implements Codec<ByteBuf, ByteBuf> {
    private final LineReader reader;
    private final LineWriter writer;
    private final boolean keepsEnding;
    private final MessageWindow window;

    ByteLineCodec(LineSettings settings, MessageWindow window) {
        this.reader = new LineReader(settings);
        this.writer = new LineWriter(settings);
        this.keepsEnding = settings.keepsEnding();
        this.window = window;
    }

    @Override
    public ByteBuf decode(ByteBuf in) throws ProtocolViolation {
        return take(in, reader.next(in));
    }

    @Override
    public ByteBuf decodeEnd(ByteBuf in) throws ProtocolViolation {
        return take(in, reader.last(in));
    }

    private ByteBuf take(ByteBuf in, int length) {
        if (length == LineReader.NONE) {
            return null;
        }
        int ending = reader.endingLength();
        ByteBuf line = window.show(in, in.readerIndex(), keepsEnding ? length + ending : length);
        in.skipBytes(length + ending);
        return line;
    }

    @Override
    public void encode(ByteBuf line, Output out) {
        writer.write(line, out);
    }
}
