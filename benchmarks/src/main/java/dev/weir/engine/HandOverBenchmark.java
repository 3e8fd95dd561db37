package dev.weir.engine;

import dev.weir.codec.MessageWindow;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What a message costs on its way into the queue and out of it, by whom it belongs to; the send itself is left out. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class HandOverBenchmark {
    /** Bytes of a message: one that is copied in any case, and a large one. */
    @Param({"64", "16384"})
    public int size;

    private final LentInput lent = new LentInput();
    private final WriteQueue queue = new WriteQueue(ByteBufAllocator.DEFAULT, lent, new Blocks());
    private final MessageWindow window = new MessageWindow();
    private ByteBuf message = Unpooled.EMPTY_BUFFER;

    /** Fills the message. */
    @Setup
    public void fill() {
        message = ByteBufAllocator.DEFAULT.directBuffer(size, size).writeZero(size);
    }

    /** Gives back what the message filled. */
    @TearDown
    public void release() {
        message.release();
    }

    /** The sender's own buffer: a large one is queued as it is. */
    @Benchmark
    public long owned() {
        return send(message.setIndex(0, size).retain());
    }

    /** A message that is lent while it is handled: copied, or, when it is large, sent from where it lies. */
    @Benchmark
    public long lent() {
        lent.lend(message, window);
        long sent = send(window.show(message, 0, size));
        lent.end();
        return sent;
    }

    private long send(ByteBuf bytes) {
        queue.begin(true);
        queue.write(bytes);
        queue.commit();
        long sent = queue.offered();
        queue.advance(sent);
        queue.keepBorrowed();
        return sent;
    }
}
