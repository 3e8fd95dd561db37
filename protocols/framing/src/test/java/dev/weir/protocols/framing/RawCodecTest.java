package dev.weir.protocols.framing;

import static dev.weir.protocols.framing.Framing.bytes;
import static dev.weir.protocols.framing.Framing.messages;
import static dev.weir.protocols.framing.Framing.text;
import static dev.weir.protocols.framing.Framing.verify;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testkit.Chunking;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RawCodecTest {

    @Test
    void whatArrivesTogetherIsOneMessage() {
        verify("raw").decodes(bytes("abcdef"), List.of("ab", "cdef"), Chunking.splitAt(2, 6));
    }

    @Test
    void messagesGoOutOneBehindTheOther() {
        assertThat(verify("raw").encodes(messages(List.of("ab", "", "c")))).isEqualTo(bytes("abc"));
    }

    @Property(tries = 50)
    void everyByteArrivesOnceAndInOrder(@ForAll byte[] stream) {
        verify("raw").joining(pieces -> List.of(String.join("", pieces))).decodes(stream, List.of(text(stream)));
    }
}
