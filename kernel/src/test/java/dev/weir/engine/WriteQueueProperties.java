package dev.weir.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.codec.MessageWindow;
import dev.weir.lifecycle.BackpressurePolicy;
import dev.weir.transport.FileRegion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** A write queue against the simplest one that there is: an array of bytes. */
class WriteQueueProperties {
    private static final int MOST_BYTES = 20_000;

    private static byte[] content;
    private static Path file;

    @BeforeContainer
    static void writeFile() throws IOException {
        content = new byte[MOST_BYTES];
        new Random(1).nextBytes(content);
        file = Files.createTempFile("weir", "content");
        Files.write(file, content);
    }

    @AfterContainer
    static void deleteFile() throws IOException {
        Files.delete(file);
    }

    /** What an encoder writes. */
    enum Form {
        /** Into the block, a part of the room that was asked for. */
        BLOCK,
        /** A block is asked for and left as it is. */
        EMPTY_BLOCK,
        OWNED,
        LENT,
        COMPOSITE,
        REGION
    }

    /** A piece of a message. */
    record Part(Form form, int size) {}

    /** What happens between two messages. */
    enum After {
        NOTHING,
        ADVANCE,
        ADVANCE_ALL,
        PIN,
        CLEAR,
        KEEP_APART,
        JOIN,
        DROP
    }

    /** Under which key a message is queued, while messages are kept apart. */
    enum Key {
        MUST_ARRIVE,
        DROPPABLE,
        /** Replaces an older one with the same key. */
        A,
        B,
        /** Its {@code hashCode} throws. */
        BROKEN;

        Object asObject() {
            return switch (this) {
                case MUST_ARRIVE -> WaitingMessages.MUST_ARRIVE;
                case DROPPABLE -> WaitingMessages.DROPPABLE;
                case A, B -> this;
                case BROKEN ->
                    new Object() {
                        @Override
                        public boolean equals(Object other) {
                            return this == other;
                        }

                        @Override
                        public int hashCode() {
                            throw new IllegalStateException("thrown as told");
                        }
                    };
            };
        }
    }

    /**
     * A message, and what happens after it.
     *
     * @param key under which it is queued
     * @param mayBorrow a lent buffer may be offered from where it lies before its call ends
     * @param fails the encoder throws at its end
     * @param share of what is offered that is sent, in hundredths
     */
    record Step(List<Part> parts, Key key, boolean mayBorrow, boolean fails, After after, int share) {}

    @Property
    void holdsTheBytesThatWereWrittenInOrderAndGivesEverythingBack(@ForAll("steps") @Size(max = 40) List<Step> steps)
            throws IOException {
        try (Run run = new Run()) {
            for (Step step : steps) {
                run.message(step);
                run.assertSame();
                run.then(step);
                run.assertSame();
            }
        }
    }

    @Property
    void whatWaitsApartCanBeTakenOut(@ForAll("stepsApart") @Size(max = 40) List<Step> steps) throws IOException {
        try (Run run = new Run()) {
            // As much as is ready to be offered, so that what follows waits.
            List<Part> large = Collections.nCopies(4, new Part(Form.OWNED, MOST_BYTES));
            run.message(new Step(large, Key.DROPPABLE, false, false, After.NOTHING, 0));
            run.queue.keepApart();
            for (Step step : steps) {
                run.message(step);
                run.assertSame();
                run.then(step);
                run.assertSame();
            }
        }
    }

    @Provide
    Arbitrary<List<Step>> stepsApart() {
        return steps(Arbitraries.frequency(
                Tuple.of(8, After.NOTHING),
                Tuple.of(4, After.ADVANCE),
                Tuple.of(2, After.PIN),
                Tuple.of(1, After.JOIN),
                Tuple.of(2, After.KEEP_APART),
                Tuple.of(6, After.DROP)));
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return steps(Arbitraries.frequency(
                Tuple.of(4, After.NOTHING),
                Tuple.of(4, After.ADVANCE),
                Tuple.of(2, After.ADVANCE_ALL),
                Tuple.of(2, After.PIN),
                Tuple.of(1, After.CLEAR),
                Tuple.of(2, After.KEEP_APART),
                Tuple.of(1, After.JOIN),
                Tuple.of(2, After.DROP)));
    }

    private static Arbitrary<List<Step>> steps(Arbitrary<After> after) {
        Arbitrary<Integer> sizes = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 50),
                Arbitraries.integers().between(WriteQueue.COPY_BYTES - 2, WriteQueue.COPY_BYTES + 2),
                Arbitraries.integers().between(0, MOST_BYTES));
        Arbitrary<Part> parts =
                Combinators.combine(Arbitraries.of(Form.class), sizes).as(Part::new);
        return Combinators.combine(
                        parts.list().ofMaxSize(5),
                        Arbitraries.of(Key.class),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false, false, false),
                        after,
                        Arbitraries.integers().between(0, 100))
                .as(Step::new)
                .list();
    }

    /** The queue, the model, and all that the queue was given. */
    private static final class Run implements AutoCloseable {
        private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
        private final LentInput lent = new LentInput();
        private final Blocks blocks = new Blocks();
        private final ByteBuf input = Unpooled.directBuffer(MOST_BYTES).writeBytes(content);
        private final WriteQueue queue = new WriteQueue(allocator, lent, blocks);
        private final List<ByteBuf> buffers = new ArrayList<>();
        private final List<FileChannel> files = new ArrayList<>();
        /** What can no longer be taken out. */
        private byte[] model = new byte[0];
        /** What can: messages behind the model, oldest first. */
        private final List<Apart> apart = new ArrayList<>();

        /** A message that waits. */
        private static final class Apart {
            private final byte[] bytes;
            private final Key key;

            Apart(byte[] bytes, Key key) {
                this.bytes = bytes;
                this.key = key;
            }

            long cost() {
                return (long) bytes.length + BackpressurePolicy.MESSAGE_BYTES;
            }
        }

        void message(Step step) throws IOException {
            Key key = step.key;
            byte[] before = model;
            long usedBefore = used();
            model = new byte[0];
            lent.lend(input, new MessageWindow());
            queue.begin(step.mayBorrow);
            for (Part part : step.parts) {
                write(part);
            }
            byte[] message = model;
            model = before;
            boolean isBroken = key == Key.BROKEN && queue.keepsApart() && message.length > 0;
            if (step.fails) {
                queue.rollback();
            } else if (isBroken) {
                assertThatThrownBy(() -> queue.commit(key.asObject())).hasMessage("thrown as told");
                queue.rollback();
            } else {
                commit(message, key);
                if (queue.keepsApart()) {
                    assertThat(used() - usedBefore)
                            .as("room that the message takes")
                            .isLessThanOrEqualTo(message.length);
                }
            }
            assertThat(step.mayBorrow || !queue.borrows())
                    .as("borrows only where it may")
                    .isTrue();
            if (queue.borrows()) {
                advance(queue.offered() * step.share / 100);
                queue.keepBorrowed();
            }
            // The next message is received into the same memory.
            lent.end();
            input.setZero(0, MOST_BYTES);
            input.setBytes(0, content);
        }

        private void commit(byte[] message, Key key) {
            if (!queue.keepsApart()) {
                queue.commit();
                append(message);
                return;
            }
            boolean wasReady = model.length >= WriteQueue.READY_BYTES;
            int ready = queue.count();
            boolean replaced = queue.commit(key.asObject());
            if (message.length == 0) {
                assertThat(replaced).isFalse();
                return;
            }
            boolean hasOlder = (key == Key.A || key == Key.B) && apart.removeIf(older -> older.key == key);
            assertThat(replaced).as("replaced an older one").isEqualTo(hasOlder);
            apart.add(new Apart(message, key));
            follow();
            // Else nothing could ever be taken out.
            assertThat(wasReady && apart.isEmpty()).as("the message waits").isFalse();
            assertThat(ready > 0 || apart.isEmpty() || queue.count() > 0).isTrue();
        }

        /** Messages that the queue waits with no longer can no longer be taken out. */
        private void follow() {
            int waiting = queue.keepsApart() ? queue.apart().count() : 0;
            while (apart.size() > waiting) {
                append(apart.removeFirst().bytes);
            }
            assertThat(apart).as("messages that wait").hasSize(waiting);
        }

        private void write(Part part) throws IOException {
            int size = part.size;
            int from = (MOST_BYTES - size) / 2;
            switch (part.form) {
                case BLOCK -> {
                    ByteBuf block = queue.block(size);
                    assertThat(block.writableBytes()).as("room").isGreaterThanOrEqualTo(size);
                    block.writeBytes(content, from, size / 2);
                    size /= 2;
                }
                case EMPTY_BLOCK -> {
                    queue.block(size);
                    size = 0;
                }
                case OWNED -> queue.write(given(Unpooled.directBuffer(size).writeBytes(content, from, size)));
                case LENT -> queue.write(input.retainedSlice(from, size));
                case COMPOSITE ->
                    queue.write(given(Unpooled.compositeBuffer()
                            .addComponent(true, Unpooled.copiedBuffer(content, from, size / 2))
                            .addComponent(true, Unpooled.copiedBuffer(content, from + size / 2, size - size / 2))));
                case REGION -> {
                    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                    files.add(channel);
                    queue.write(new FileRegion(channel, from, size));
                }
            }
            append(Arrays.copyOfRange(content, from, from + size));
        }

        private ByteBuf given(ByteBuf buffer) {
            buffers.add(buffer);
            return buffer;
        }

        private void append(byte[] bytes) {
            byte[] longer = Arrays.copyOf(model, model.length + bytes.length);
            System.arraycopy(bytes, 0, longer, model.length, bytes.length);
            model = longer;
        }

        void then(Step step) {
            switch (step.after) {
                case NOTHING -> {
                    // The next message comes in the same turn.
                }
                case ADVANCE -> advance(queue.offered() * step.share / 100);
                case ADVANCE_ALL -> {
                    while (!queue.isEmpty()) {
                        advance(queue.offered());
                    }
                    assertNothingKept();
                }
                case PIN -> pin(step.share);
                case CLEAR -> clear();
                case KEEP_APART -> {
                    if (!queue.keepsApart()) {
                        queue.keepApart();
                    }
                }
                case JOIN -> {
                    queue.joinTogether();
                    follow();
                }
                case DROP -> drop(step.share * 500L);
            }
        }

        private void drop(long keep) {
            if (!queue.keepsApart()) {
                return;
            }
            List<Object> offered = pieces();
            int dropped = queue.dropOldest(keep);
            int expected = 0;
            for (int i = 0; i < apart.size() - 1 && cost() > keep; ) {
                if (apart.get(i).key == Key.DROPPABLE) {
                    apart.remove(i);
                    expected++;
                } else {
                    i++;
                }
            }
            assertThat(dropped).as("dropped").isEqualTo(expected);
            assertThat(queue.apart().cost()).as("cost").isEqualTo(cost());
            assertThat(pieces()).as("offered").isEqualTo(offered);
        }

        private long cost() {
            return apart.stream().mapToLong(Apart::cost).sum();
        }

        private void advance(long sent) {
            queue.advance(sent);
            model = Arrays.copyOfRange(model, (int) sent, model.length);
            follow();
        }

        /** A transport sends by itself from what it was offered, while another message comes. */
        private void pin(int size) {
            queue.pin();
            List<Object> offered = pieces();
            List<Integer> ends = offered.stream().map(Run::end).toList();
            queue.begin(false);
            queue.write(given(Unpooled.directBuffer(size).writeBytes(content, 0, size)));
            commit(Arrays.copyOf(content, size), Key.DROPPABLE);
            assertThat(pieces().subList(0, offered.size())).as("pinned").isEqualTo(offered);
            assertThat(offered.stream().map(Run::end).toList()).as("their ends").isEqualTo(ends);
        }

        private static int end(Object piece) {
            return piece instanceof ByteBuf buffer ? buffer.writerIndex() : 0;
        }

        private List<Object> pieces() {
            List<Object> pieces = new ArrayList<>();
            for (int i = 0; i < queue.count(); i++) {
                pieces.add(queue.bytes(i) != null ? queue.bytes(i) : queue.file(i));
            }
            return pieces;
        }

        void assertSame() {
            long waiting =
                    apart.stream().mapToLong(message -> message.bytes.length).sum();
            assertThat(queue.bytes()).as("bytes that wait").isEqualTo(model.length + waiting);
            assertThat(queue.memory()).as("memory that they take").isEqualTo(memory());
            assertThat(queue.isEmpty()).isEqualTo(model.length + waiting == 0);
            assertThat(model.length == 0 && waiting > 0)
                    .as("something waits behind nothing")
                    .isFalse();
            byte[] offered = offered();
            assertThat(queue.offered()).isEqualTo(offered.length);
            if (offered.length > model.length || Arrays.mismatch(offered, model) != mismatchOfPrefix(offered)) {
                throw new AssertionError("what is offered differs from what was written, from byte "
                        + Arrays.mismatch(offered, model) + " on");
            }
            if (model.length > 0) {
                assertThat(offered).as("offered").isNotEmpty();
            }
        }

        /** Of blocks, of what was given and not released, for open files, and for keeping messages apart. */
        private long memory() {
            long given = buffers.stream()
                    .filter(buffer -> buffer.refCnt() > 0)
                    .mapToLong(ByteBuf::capacity)
                    .sum();
            long open = files.stream().filter(FileChannel::isOpen).count();
            return used()
                    + given
                    + open * WriteQueue.FILE_BYTES
                    + apart.size() * (long) BackpressurePolicy.MESSAGE_BYTES;
        }

        /** Bytes of blocks, without those that are nobody's. */
        private long used() {
            return allocator.metric().usedDirectMemory() - blocks.spareBytes();
        }

        /** What Arrays.mismatch says of a prefix of the model. */
        private int mismatchOfPrefix(byte[] prefix) {
            return prefix.length == model.length ? -1 : prefix.length;
        }

        private byte[] offered() {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            boolean file = false;
            for (Object piece : pieces()) {
                if (piece instanceof ByteBuf buffer) {
                    bytes.writeBytes(ByteBufUtil.getBytes(buffer));
                } else {
                    file = true;
                    bytes.writeBytes(read((FileRegion) piece));
                }
            }
            assertThat(queue.offersFile()).isEqualTo(file);
            return bytes.toByteArray();
        }

        private static byte[] read(FileRegion region) {
            try {
                ByteBuffer into = ByteBuffer.allocate((int) region.remaining());
                region.channel().read(into, region.position());
                return into.array();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void clear() {
            queue.clear();
            model = new byte[0];
            apart.clear();
            assertNothingKept();
        }

        private void assertNothingKept() {
            assertThat(queue.count()).as("pieces").isZero();
            assertThat(queue.memory()).as("memory").isZero();
            assertThat(buffers).allSatisfy(buffer -> assertThat(buffer.refCnt()).isZero());
            assertThat(files).allSatisfy(channel -> assertThat(channel.isOpen()).isFalse());
            assertThat(input.refCnt()).as("the input's count").isOne();
            assertThat(used()).as("bytes of blocks").isZero();
        }

        @Override
        public void close() {
            clear();
            input.release();
            blocks.release();
            assertThat(allocator.metric().usedDirectMemory())
                    .as("what the blocks have kept")
                    .isZero();
        }
    }
}
