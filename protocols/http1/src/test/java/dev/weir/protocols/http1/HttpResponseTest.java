package dev.weir.protocols.http1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.transport.FileRegion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be said in a response, and what becomes of its body. */
class HttpResponseTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\r\nX: b",
                "a\nX: b",
                "a\rb",
                "\n",
                "a\0b",
                "\u0001",
                "\u007f",
                "\u0100",
                "\u010d\u010a",
                "\u2028"
            })
    void aValueThatWouldSplitTheResponseIsRefused(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpResponse.of(200).header("X", value))
                .withMessageContaining("X");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpResponse.of(200).body(value, new byte[0]));
        assertThatIllegalArgumentException().isThrownBy(() -> HttpResponse.upgrade(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "X ", "X:", "X\r\nY", "X\nY", "X\0", "(X)", "\u00e9", "\u0158"})
    void aNameThatIsNoTokenIsRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpResponse.of(200).header(name, "1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length",
                "content-length",
                "Transfer-Encoding",
                "Connection",
                "Keep-Alive",
                "Upgrade",
                "Date",
                "Trailer"
            })
    void whatTheCodecWritesIsRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpResponse.of(200).header(name, "1"))
                .withMessageContaining("the codec");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 99, 100, 101, 199, 1000})
    void aStatusOfAnAnswerIsFrom200To999(int status) {
        assertThatIllegalArgumentException().isThrownBy(() -> HttpResponse.of(status));
    }

    @ParameterizedTest
    @ValueSource(ints = {99, 101, 200, 404})
    void aStatusBeforeAnAnswerIsFrom100To199ButNot101(int status) {
        assertThatIllegalArgumentException().isThrownBy(() -> HttpResponse.interim(status));
    }

    @Test
    void aStatusWithoutANameHasAnEmptyOne() {
        assertThat(HttpStatus.reason(299)).isEmpty();
        assertThat(HttpStatus.reason(404)).isEqualTo("Not Found");
    }

    @Test
    void releasingGivesBackBuffersOnce() {
        ByteBuf one = Unpooled.buffer(8).writeByte(1);
        ByteBuf other = Unpooled.buffer(8).writeByte(2);
        HttpResponse response = HttpResponse.of(200).body(List.of(one, other));
        assertThat(response.refCnt()).isEqualTo(1);
        assertThat(response.release()).isTrue();
        assertThat(response.release()).isFalse();
        assertThat(response.refCnt()).isZero();
        assertThat(one.refCnt()).isZero();
        assertThat(other.refCnt()).isZero();
    }

    @Test
    void releasingClosesFiles(@TempDir Path folder) throws IOException {
        FileRegion region = FileRegion.open(Files.writeString(folder.resolve("a"), "text"), 0, 4);
        HttpResponse.of(200).body(region).release();
        assertThat(region.channel().isOpen()).isFalse();
    }

    @Test
    void aBodyIsMadeOfBuffersAndFilesOnly() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpResponse.of(200).body(List.of("text")));
    }

    @Test
    void onlyWhatCanBeSentAgainIsPrepared() {
        ByteBuf bytes = Unpooled.buffer(8);
        HttpResponse once = HttpResponse.of(200).body(bytes);
        assertThatIllegalArgumentException().isThrownBy(() -> PreparedResponse.of(once));
        once.release();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PreparedResponse.of(HttpResponse.text("a").close()));
        assertThatIllegalArgumentException().isThrownBy(() -> PreparedResponse.of(HttpResponse.of(200).stream()));
        assertThatIllegalArgumentException().isThrownBy(() -> PreparedResponse.of(HttpResponse.upgrade("echo")));
        assertThat(PreparedResponse.of(HttpResponse.text(404, "none")).status()).isEqualTo(404);
    }
}
