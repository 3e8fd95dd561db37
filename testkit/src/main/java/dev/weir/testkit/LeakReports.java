package dev.weir.testkit;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Gathers what netty's leak detector finds. JUnit's launcher finds this class on the class path and tells it of its start, before any
 * test class is loaded; for netty makes its detector with the first buffer and keeps it. Left to itself the detector only logs, and
 * looks for nothing at all where errors are not logged.
 */
public final class LeakReports implements LauncherSessionListener {
    private static final Queue<String> FOUND = new ConcurrentLinkedQueue<>();
    private static final int COLLECT_MILLIS = 200;
    private static final int MOST_COLLECTIONS = 100;

    private static volatile boolean listening;

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new ResourceLeakDetectorFactory() {
            @Override
            @SuppressWarnings("deprecation") // The one method there is to override.
            public <T> ResourceLeakDetector<T> newResourceLeakDetector(
                    Class<T> resource, int samplingInterval, long maxActive) {
                return new Detector<>(resource, samplingInterval);
            }
        });
        listening = true;
    }

    /** What was found since the last call: for each leak where the buffer has been. Forces a collection. */
    static List<String> take() throws InterruptedException {
        if (!listening) {
            throw new IllegalStateException("leaks are not looked for: run the tests by JUnit's launcher, with the"
                    + " testkit's META-INF/services on the class path");
        }
        // References are handed on one collection after the other: the second sentinel comes after all of the first.
        collect();
        collect();
        // The detector looks into its queue when it is given another buffer to watch, and heap buffers are not watched.
        UnpooledByteBufAllocator.DEFAULT.directBuffer(1).release();
        List<String> found = new ArrayList<>();
        for (String leak = FOUND.poll(); leak != null; leak = FOUND.poll()) {
            found.add(leak);
        }
        return found;
    }

    private static void collect() throws InterruptedException {
        ReferenceQueue<Object> queue = new ReferenceQueue<>();
        PhantomReference<Object> sentinel = new PhantomReference<>(new Object(), queue);
        try {
            for (int i = 0; i < MOST_COLLECTIONS; i++) {
                System.gc();
                if (queue.remove(COLLECT_MILLIS) != null) {
                    return;
                }
            }
        } finally {
            Reference.reachabilityFence(sentinel);
        }
        throw new IllegalStateException("System.gc() collects nothing: leave out -XX:+DisableExplicitGC");
    }

    private static final class Detector<T> extends ResourceLeakDetector<T> {
        Detector(Class<T> resource, int samplingInterval) {
            super(resource, samplingInterval);
        }

        @Override
        protected boolean needReport() {
            return true;
        }

        @Override
        protected void reportTracedLeak(String resourceType, String records) {
            FOUND.add(resourceType + " was never released:" + records);
        }

        @Override
        protected void reportUntracedLeak(String resourceType) {
            FOUND.add(resourceType + " was never released");
        }
    }
}
