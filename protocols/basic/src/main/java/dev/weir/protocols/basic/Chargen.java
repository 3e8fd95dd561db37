package dev.weir.protocols.basic;

import dev.weir.protocol.Handler;
import dev.weir.protocol.Session;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/**
 * Sends lines of 72 printing characters, each line shifted by one, until the peer closes; what comes in is thrown away (RFC 864, "TCP
 * Based Character Generator Service"). It sends as fast as the peer reads and no faster.
 */
public final class Chargen implements BytesProtocol {
    private static final int FIRST = ' ';
    private static final int CHARACTERS = '~' - ' ' + 1;
    private static final int LINE = 72;

    /** The whole pattern, after which it begins anew: a line for each character that a line can begin with. */
    private static final byte[] PATTERN = pattern();

    @Override
    public Handler<ByteBuf> open(Session<ByteBuf> session) {
        return new Handler<>() {
            private boolean closing;

            @Override
            public void onOpened() {
                fill();
            }

            @Override
            public void onMessage(ByteBuf message) {
                // RFC 864: data received is thrown away.
            }

            @Override
            public void onWritable() {
                fill();
            }

            @Override
            public void onPeerHalfClosed() {
                end();
            }

            @Override
            public void onDrain() {
                end();
            }

            // The stream has no end of its own.
            private void end() {
                closing = true;
                session.close();
            }

            private void fill() {
                while (!closing && session.isWritable() && session.send(Unpooled.wrappedBuffer(PATTERN))) {
                    // Each turn sends the pattern once more.
                }
            }
        };
    }

    private static byte[] pattern() {
        StringBuilder text = new StringBuilder(CHARACTERS * (LINE + 2));
        for (int line = 0; line < CHARACTERS; line++) {
            for (int column = 0; column < LINE; column++) {
                text.append((char) (FIRST + (line + column) % CHARACTERS));
            }
            text.append("\r\n");
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
