package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;

class LeakCheckTest {

    @Test
    void aBufferThatNobodyReleasesIsFound() {
        forget();
        assertThatThrownBy(() -> new LeakCheck().afterEach(null))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("forget");
    }

    /** The report says where the buffer has been, so this method's name is in it. */
    private static void forget() {
        ByteBuf forgotten = Unpooled.directBuffer(16);
        forgotten.writeByte(1);
    }

    @Test
    void aBufferThatIsReleasedOrStillInUseIsNot() throws Exception {
        UnpooledByteBufAllocator.DEFAULT.directBuffer(16).release();
        ByteBuf inUse = Unpooled.directBuffer(16);
        assertThat(LeakReports.take()).isEmpty();
        inUse.release();
    }
}
