package dev.weir.engine;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What queueing a small reply costs, with the block that it goes into and the end of the send; the send itself is left out. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class WriteQueueBenchmark {
    private static final int REPLIES = 16;

    /** Bytes of a reply. */
    @Param({"64", "512"})
    public int size;

    private final WriteQueue queue = new WriteQueue(ByteBufAllocator.DEFAULT, new LentInput(), new Blocks());
    private ByteBuf reply = Unpooled.EMPTY_BUFFER;

    /** Fills the reply. */
    @Setup
    public void fill() {
        reply = ByteBufAllocator.DEFAULT.directBuffer(size, size).writeZero(size);
    }

    /** Gives back what the reply filled. */
    @TearDown
    public void release() {
        reply.release();
    }

    /** One reply in a turn. */
    @Benchmark
    public long one() {
        queue(1);
        return send();
    }

    /** Replies to sixteen pipelined requests in a turn; the figure is for one of them. */
    @Benchmark
    @OperationsPerInvocation(REPLIES)
    public long sixteen() {
        queue(REPLIES);
        return send();
    }

    private void queue(int replies) {
        for (int i = 0; i < replies; i++) {
            queue.begin(false);
            queue.block(size).writeBytes(reply, 0, size);
            queue.commit();
        }
    }

    private long send() {
        long sent = queue.offered();
        queue.advance(sent);
        return sent;
    }
}
