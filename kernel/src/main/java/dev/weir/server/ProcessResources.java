package dev.weir.server;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import com.sun.management.HotSpotDiagnosticMXBean;
import dev.weir.engine.ConnectionBudget;
import dev.weir.lifecycle.OverloadPolicy.Reading;
import dev.weir.lifecycle.OverloadPolicy.Resource;
import dev.weir.loop.EventLoop;
import dev.weir.time.Clock;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.RuntimeMXBean;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Asks this Java virtual machine. For one thread. */
final class ProcessResources implements ResourceReader {
    /** Counting descriptors means to list a folder with all of them: seldom, and in between by what connections came and went. */
    private static final long COUNT_EVERY_NANOS = Duration.ofSeconds(5).toNanos();

    private static final int PERCENT = 100;

    private final List<EventLoop> loops;
    private final Clock clock;
    private final ByteBufAllocator allocator;
    private final ConnectionBudget budget;
    private final long mostDirect = mostDirect();
    // Looked up once: the JVM makes their lists anew for each who asks.
    private final List<GarbageCollectorMXBean> collectors =
            ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class);
    private final List<BufferPoolMXBean> directPools =
            ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                    .filter(pool -> pool.getName().equals("direct"))
                    .toList();
    private final Set<String> heapPools = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getName)
            .collect(Collectors.toSet());
    private final RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
    private final long mostHeap = Runtime.getRuntime().maxMemory();
    private long collectionsSeen;
    /** When the last collection ended, in milliseconds since the JVM's start; negative before the first. */
    private long collectedMillis = -1;

    private long usedAfterCollection;
    private DescriptorLimits counted;
    private long countedNanos;
    private long takenWhenCounted;

    ProcessResources(List<EventLoop> loops, Clock clock, ByteBufAllocator allocator, ConnectionBudget budget) {
        this.loops = loops;
        this.clock = clock;
        this.allocator = allocator;
        this.budget = budget;
    }

    @Override
    public Optional<Reading> read(Resource resource) {
        return switch (resource) {
            case LOOP_LAG -> {
                long now = clock.nanoTime();
                long least = loops.stream()
                        .mapToLong(loop -> loop.lagNanos(now))
                        .min()
                        .orElse(0);
                yield Optional.of(new Reading(resource, least, 0));
            }
            case HEAP -> heap();
            case DIRECT_MEMORY -> Optional.of(new Reading(resource, direct() * PERCENT / mostDirect, 0));
            case DESCRIPTORS -> Optional.of(new Reading(resource, descriptors(), 0));
        };
    }

    private Optional<Reading> heap() {
        long collections = collectors.stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
        if (collections != collectionsSeen && lookAtLastCollection()) {
            collectionsSeen = collections;
        }
        if (collectedMillis < 0) {
            return Optional.empty();
        }
        long age = runtime.getUptime() - collectedMillis;
        return Optional.of(new Reading(
                Resource.HEAP,
                usedAfterCollection * PERCENT / mostHeap,
                Duration.ofMillis(age).toNanos()));
    }

    /**
     * What the JVM tells of a collection is dear to ask for.
     *
     * @return false when it tells of none that is new: some collectors are counted before they tell
     */
    private boolean lookAtLastCollection() {
        Optional<GcInfo> last = collectors.stream()
                .map(GarbageCollectorMXBean::getLastGcInfo)
                .filter(Objects::nonNull)
                .max(Comparator.comparingLong(GcInfo::getEndTime))
                .filter(info -> info.getEndTime() != collectedMillis);
        last.ifPresent(info -> {
            collectedMillis = info.getEndTime();
            usedAfterCollection = info.getMemoryUsageAfterGc().entrySet().stream()
                    .filter(pool -> heapPools.contains(pool.getKey()))
                    .mapToLong(pool -> pool.getValue().getUsed())
                    .sum();
        });
        return last.isPresent();
    }

    private long direct() {
        long pools =
                directPools.stream().mapToLong(BufferPoolMXBean::getMemoryUsed).sum();
        // An allocator may take memory of which Java's own count knows nothing.
        long allocated = allocator instanceof ByteBufAllocatorMetricProvider provider
                ? provider.metric().usedDirectMemory()
                : 0;
        return Math.max(pools, allocated);
    }

    /** As -XX:MaxDirectMemorySize says; without it, as much as the heap. */
    private static long mostDirect() {
        HotSpotDiagnosticMXBean flags = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        long configured = flags == null
                ? 0
                : Long.parseLong(flags.getVMOption("MaxDirectMemorySize").getValue());
        return configured > 0 ? configured : Runtime.getRuntime().maxMemory();
    }

    private long descriptors() {
        long now = clock.nanoTime();
        if (counted == null || now - countedNanos >= COUNT_EVERY_NANOS) {
            counted = DescriptorLimits.now();
            countedNanos = now;
            takenWhenCounted = budget.taken();
        }
        long open = counted.open() + budget.taken() - takenWhenCounted;
        return open * PERCENT / Math.max(1, counted.limit());
    }
}
