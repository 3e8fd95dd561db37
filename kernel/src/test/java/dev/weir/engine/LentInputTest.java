package dev.weir.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.codec.MessageWindow;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Views of what a codec shows. */
class LentInputTest {
    private static final byte[] TEXT = "to be or not to be".getBytes(StandardCharsets.US_ASCII);

    private final LentInput lent = new LentInput();
    private final MessageWindow window = new MessageWindow();

    @Test
    void aMessageOfTheInputIsSeenThroughTheInput() {
        ByteBuf input = Unpooled.directBuffer().writeBytes(TEXT);
        lent.lend(input, window);
        ByteBuf message = window.show(input, 3, 5);
        assertThat(lent.mayShare(message)).isTrue();
        byte[] seen = new byte[5];
        lent.view(message, 5).get(seen);
        assertThat(seen).isEqualTo("be or".getBytes(StandardCharsets.US_ASCII));
        input.release();
    }

    @Test
    void whatACodecPutsTogetherOfPartsIsLentAndHasNoView() {
        ByteBuf input = Unpooled.directBuffer().writeBytes(TEXT);
        lent.lend(input, window);
        ByteBuf parts = Unpooled.compositeBuffer()
                .addComponent(true, input.retainedSlice(0, 3))
                .addComponent(true, Unpooled.directBuffer().writeBytes(TEXT));
        ByteBuf message = window.show(parts, 1, 8);
        assertThat(lent.mayShare(message)).isTrue();
        assertThat(lent.view(message, 8)).isNull();
        parts.release();
        input.release();
    }

    @Test
    void whatACodecKeepsOnTheHeapIsLentAndHasNoView() {
        ByteBuf input = Unpooled.directBuffer().writeBytes(TEXT);
        lent.lend(input, window);
        ByteBuf message = window.show(Unpooled.wrappedBuffer(TEXT), 3, 5);
        assertThat(lent.mayShare(message)).isTrue();
        assertThat(lent.view(message, 5)).isNull();
        input.release();
    }
}
