package dev.weir.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.engine.ConnectionBudget;
import dev.weir.lifecycle.OverloadPolicy.Reading;
import dev.weir.lifecycle.OverloadPolicy.Resource;
import dev.weir.time.Clock;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is read of this very process. */
class ProcessResourcesTest {
    private static final long SIZE = 64L * 1024 * 1024;

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private final ProcessResources resources =
            new ProcessResources(List.of(), Clock.system(), allocator, new ConnectionBudget(100, 0));

    @Test
    void theHeapIsReadAsTheLastCollectionLeftIt() {
        System.gc();
        Reading heap = resources.read(Resource.HEAP).orElseThrow();
        assertThat(heap.value()).isBetween(0L, 90L);
        assertThat(heap.ageNanos()).isBetween(0L, Duration.ofMinutes(5).toNanos());
    }

    @Test
    void directMemoryCountsWhatTheAllocatorHasOut() {
        ByteBuf buffer = allocator.directBuffer((int) SIZE);
        // Nobody gives tests a limit of their own, so it is that of the heap.
        assertThat(resources.read(Resource.DIRECT_MEMORY).orElseThrow().value())
                .isGreaterThanOrEqualTo(SIZE * 100 / Runtime.getRuntime().maxMemory());
        buffer.release();
    }

    @Test
    void descriptorsAreAPartOfTheLimit() {
        DescriptorLimits now = DescriptorLimits.now();
        assertThat(resources.read(Resource.DESCRIPTORS).orElseThrow().value())
                .isBetween(0L, (now.open() + 100) * 100 / now.limit() + 1);
    }
}
