package dev.weir.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.transport.FileRegion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingOutputTest {

    @Test
    void aBufferIsTakenFromItsReaderIndex() {
        RecordingOutput output = new RecordingOutput();
        ByteBuf bytes = Unpooled.copiedBuffer("xxabc", US_ASCII).skipBytes(2);
        output.write(bytes);
        assertThat(output.text()).isEqualTo("abc");
        assertThat(bytes.refCnt()).isZero();
    }

    @Test
    void aFileRegionIsReadAndClosed(@TempDir Path folder) throws IOException {
        FileChannel file = FileChannel.open(Files.writeString(folder.resolve("file"), "0123456789"));
        RecordingOutput output = new RecordingOutput();
        output.block(2).writeBytes("> ".getBytes(US_ASCII));
        output.write(new FileRegion(file, 3, 4));
        assertThat(output.text()).isEqualTo("> 3456");
        assertThat(file.isOpen()).isFalse();
        assertThat(output.calls()).isEqualTo(2);
    }

    @Test
    void aFailingOutputTakesWhatItIsGiven(@TempDir Path folder) throws IOException {
        FileChannel file = FileChannel.open(Files.writeString(folder.resolve("file"), "0123456789"));
        ByteBuf bytes = Unpooled.copiedBuffer("abc", US_ASCII);
        assertThatThrownBy(() -> RecordingOutput.failingAt(1).write(bytes)).isInstanceOf(RecordingOutput.Failure.class);
        assertThatThrownBy(() -> RecordingOutput.failingAt(1).write(new FileRegion(file, 0, 1)))
                .isInstanceOf(RecordingOutput.Failure.class);
        assertThat(bytes.refCnt()).isZero();
        assertThat(file.isOpen()).isFalse();
    }

    @Test
    void onlyTheChosenCallFails() {
        RecordingOutput output = RecordingOutput.failingAt(2);
        output.block(1).writeByte('a');
        assertThatThrownBy(() -> output.block(1)).hasMessageContaining("call 2");
        output.block(1).writeByte('b');
        assertThat(output.text()).isEqualTo("ab");
    }
}
