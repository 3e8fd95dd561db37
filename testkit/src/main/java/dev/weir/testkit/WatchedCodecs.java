package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.codec.Codec;
import dev.weir.codec.CodecFactory;
import dev.weir.codec.MessageWindow;
import dev.weir.codec.Output;
import dev.weir.codec.ProtocolViolation;
import dev.weir.connection.Connection;
import dev.weir.fault.CloseReason;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Codecs that note each call which comes where it must not: after the last, within another, or out of order. */
final class WatchedCodecs implements CodecFactory<ByteBuf, ByteBuf> {
    private final CodecFactory<ByteBuf, ByteBuf> watched;
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger disposed = new AtomicInteger();

    WatchedCodecs(CodecFactory<ByteBuf, ByteBuf> watched) {
        this.watched = watched;
    }

    /** How many there were. */
    int made() {
        return made.get();
    }

    /** How many are over. */
    int disposed() {
        return disposed.get();
    }

    /** Fails unless every one was told that it is over, once and last, and of the end of every message. */
    void assertOver() {
        assertThat(wrong).as("calls that came where they must not").isEmpty();
        assertThat(disposed).as("codecs that were disposed of").hasValue(made.get());
    }

    @Override
    public Class<ByteBuf> inbound() {
        return ByteBuf.class;
    }

    @Override
    public Class<ByteBuf> outbound() {
        return ByteBuf.class;
    }

    @Override
    public int maxUndecodedBytes() {
        return watched.maxUndecodedBytes();
    }

    @Override
    public boolean hasGoodbye() {
        return watched.hasGoodbye();
    }

    @Override
    public boolean answersRequests() {
        return watched.answersRequests();
    }

    @Override
    public boolean servesBlocking() {
        return watched.servesBlocking();
    }

    @Override
    public Codec<ByteBuf, ByteBuf> create(Connection connection, MessageWindow window) {
        Codec<ByteBuf, ByteBuf> codec = watched.create(connection, window);
        made.incrementAndGet();
        return new Watched(codec);
    }

    private final class Watched implements Codec<ByteBuf, ByteBuf> {
        private final Codec<ByteBuf, ByteBuf> codec;
        private int calls;
        private boolean over;
        private boolean given;

        Watched(Codec<ByteBuf, ByteBuf> codec) {
            this.codec = codec;
        }

        private <T> T call(String name, Supplier<T> call) {
            enter(name);
            try {
                return call.get();
            } finally {
                calls--;
            }
        }

        private void enter(String name) {
            if (over) {
                wrong.add(name + " after dispose");
            }
            if (given && name.startsWith("decode")) {
                wrong.add(name + " though the last message was not handled");
            }
            calls++;
        }

        @Override
        public ByteBuf decode(ByteBuf in) throws ProtocolViolation {
            enter("decode");
            try {
                ByteBuf message = codec.decode(in);
                given = message != null;
                return message;
            } finally {
                calls--;
            }
        }

        @Override
        public ByteBuf decodeEnd(ByteBuf in) throws ProtocolViolation {
            enter("decodeEnd");
            try {
                ByteBuf message = codec.decodeEnd(in);
                given = message != null;
                return message;
            } finally {
                calls--;
            }
        }

        @Override
        public ByteBuf keep(ByteBuf message) {
            return call("keep", () -> codec.keep(message));
        }

        @Override
        public void messageHandled() {
            call("messageHandled", () -> {
                if (!given) {
                    wrong.add("messageHandled without a message");
                }
                given = false;
                codec.messageHandled();
                return given;
            });
        }

        @Override
        public void encode(ByteBuf message, Output out) {
            call("encode", () -> {
                codec.encode(message, out);
                return out;
            });
        }

        @Override
        public Next next() {
            return call("next", codec::next);
        }

        @Override
        public boolean isInside() {
            return call("isInside", codec::isInside);
        }

        @Override
        public boolean owes() {
            return call("owes", codec::owes);
        }

        @Override
        public Optional<ByteBuf> goodbye(CloseReason reason) {
            return call("goodbye", () -> codec.goodbye(reason));
        }

        @Override
        public void dispose() {
            if (calls > 0) {
                wrong.add("dispose within another call");
            }
            if (given) {
                wrong.add("dispose before the last message was handled");
            }
            if (over) {
                wrong.add("dispose once more");
            }
            over = true;
            disposed.incrementAndGet();
            codec.dispose();
        }
    }
}
