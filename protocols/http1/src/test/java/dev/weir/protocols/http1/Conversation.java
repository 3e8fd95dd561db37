package dev.weir.protocols.http1;

import dev.weir.codec.Codec;
import dev.weir.codec.CodecFactory;
import dev.weir.codec.MessageWindow;
import dev.weir.codec.ProtocolViolation;
import dev.weir.connection.Connection;
import dev.weir.fault.CloseReason;
import dev.weir.fault.CloseReason.Cause;
import dev.weir.protocol.Session;
import dev.weir.protocols.http1.AnswerReader.Answer;
import dev.weir.testkit.Chunking;
import dev.weir.testkit.EncodingSession;
import dev.weir.testkit.PluginParts;
import dev.weir.testkit.RecordingOutput;
import dev.weir.testkit.RecordingSession;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a client sends, given to the codec alone as the engine would give it, and answered in one of many manners. What must hold of any
 * bytes is checked on the way, and broken it is an {@link AssertionError}:
 *
 * <ul>
 *   <li>nothing but a {@link ProtocolViolation} comes out of decoding;
 *   <li>decoding comes to its end in a bounded number of calls, and leaves no more unread than the codec says it may;
 *   <li>no byte is looked at again once it has been taken, and a copy of a request says what the request said;
 *   <li>all that is answered is well-formed, a refusal, too;
 *   <li>no request is taken after one that was to be the last, nor while as many as may be are unanswered;
 *   <li>the codec waits for answers to requests that it has given, and for nothing else;
 *   <li>all buffers are given back.
 * </ul>
 */
final class Conversation {
    private static final int MOST_PIPELINED = 3;
    private static final int LONGEST_AWAITED = 64;
    private static final byte POISON = (byte) 0xDD;
    private static final long MEMORY_BESIDES = 64 * 1024;
    /** With limits that are small enough for random bytes to get there. */
    private static final CodecFactory<HttpRequest, HttpResponse> FACTORY = PluginParts.of(new Http1Plugin())
            .at(InstantSource.fixed(Instant.parse("2026-06-01T12:00:00Z")))
            .codec("""
                    { use = http1, max-request-line = 128B, max-head = 1KiB, max-fields = 16, max-pipelined = 3, max-requests = 9 }
                    """, HttpRequest.class, HttpResponse.class);

    /** Of one loop, as it has one message at a time. */
    private static final MessageWindow WINDOW = new MessageWindow();

    private static final Connection CONNECTION = new RecordingSession<>(String::valueOf).connection();
    private static final PreparedResponse PREPARED = PreparedResponse.of(HttpResponse.text("prepared"));

    /** How a handler answers. */
    private enum Manner {
        AT_ONCE,
        PREPARED,
        /** Once the body is there. */
        WHOLE,
        /** Once the body has come in pieces. */
        PIECES,
        /** With the pieces, as they come. */
        ECHO,
        /** At once, and the body is heard to its end. */
        EARLY,
        /** When nothing else goes on, the last request first. */
        LATER,
        /** The same, once the body is there. */
        WHOLE_LATER
    }

    /** What came of it. */
    record Outcome(List<String> requests, List<Answer> answers, String end) {}

    private final long manners;
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false, true);
    private final RecordingOutput out = new RecordingOutput();
    private final Codec<HttpRequest, HttpResponse> codec = FACTORY.create(CONNECTION, WINDOW);
    private final Session<HttpResponse> session =
            new EncodingSession<>(CONNECTION, response -> codec.encode(response, out));

    private final List<String> methods = new ArrayList<>();
    private final Map<Long, String> heads = new TreeMap<>();
    private final Map<Long, StringBuilder> bodies = new TreeMap<>();
    private final Deque<Runnable> later = new ArrayDeque<>();
    private ByteBuf in = allocator.heapBuffer(0);
    private boolean isLastAsked;
    private String end = "";
    private int stepsLeft;

    private Conversation(long manners) {
        this.manners = manners;
    }

    /**
     * Has it.
     *
     * @param manners three bits say how a request is answered, by its number
     * @param isLate whether the client goes silent at the end, instead of ending its half
     */
    static Outcome of(byte[] stream, Chunking chunking, long manners, boolean isLate) {
        return new Conversation(manners).run(stream, chunking, isLate);
    }

    private Outcome run(byte[] stream, Chunking chunking, boolean isLate) {
        stepsLeft = 100 + 10 * stream.length;
        try {
            int from = 0;
            for (int size : chunking.sizes()) {
                refill(stream, from, size);
                from += size;
                goOn(false);
                if (!end.isEmpty()) {
                    break;
                }
                if (memory() - in.capacity() > 4L * stream.length + MEMORY_BESIDES) {
                    throw new AssertionError(memory() + " bytes are held for " + from);
                }
            }
            if (end.isEmpty() && isLate) {
                late();
            } else if (end.isEmpty()) {
                goOn(true);
            }
        } catch (ProtocolViolation violation) {
            end = "violation: " + violation.getMessage();
            violation.lastReply().ifPresent(reply -> codec.encode((HttpResponse) reply, out));
        }
        in.release();
        codec.dispose();
        if (memory() != 0) {
            throw new AssertionError(memory() + " bytes are not given back");
        }
        List<String> requests = new ArrayList<>();
        heads.forEach((number, head) -> requests.add(head + bodies.getOrDefault(number, new StringBuilder())));
        return new Outcome(requests, AnswerReader.read(out.bytes(), methods), end.isEmpty() ? "ended" : end);
    }

    private long memory() {
        return allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
    }

    /** What is unread moves to another buffer, at other places. */
    private void refill(byte[] stream, int from, int size) {
        int before = from % 5;
        ByteBuf larger = allocator.heapBuffer(before + in.readableBytes() + size);
        larger.setIndex(before, before).writeBytes(in).writeBytes(stream, from, size);
        in.release();
        in = larger;
    }

    private void goOn(boolean atEnd) throws ProtocolViolation {
        while (end.isEmpty()) {
            switch (codec.next()) {
                case CLOSE -> end = "closed";
                case WAIT -> {
                    if (later.isEmpty()) {
                        if (codec.owes()) {
                            throw new AssertionError("the codec waits, and nobody knows for what");
                        }
                        end = "waits";
                    } else {
                        answerOne();
                    }
                }
                case READ -> {
                    if ((!atEnd && !in.isReadable()) || !step(atEnd)) {
                        if (!atEnd || codec.next() != Codec.Next.READ || later.isEmpty()) {
                            return;
                        }
                        answerOne();
                    }
                }
            }
        }
    }

    private void answerOne() {
        later.removeLast().run();
    }

    /** @return false when no message came and none can, without more bytes or answers */
    private boolean step(boolean atEnd) throws ProtocolViolation {
        if (stepsLeft-- == 0) {
            throw new AssertionError("decoding does not end");
        }
        int start = in.readerIndex();
        HttpRequest message = atEnd ? codec.decodeEnd(in) : codec.decode(in);
        if (message == null) {
            boolean reads = codec.next() == Codec.Next.READ;
            if (reads && in.readableBytes() > FACTORY.maxUndecodedBytes()) {
                throw new AssertionError(in.readableBytes() + " bytes are left unread");
            }
            return !reads;
        }
        try {
            handle(message);
        } finally {
            codec.messageHandled();
        }
        for (int i = start; i < in.readerIndex(); i++) {
            in.setByte(i, POISON);
        }
        return true;
    }

    /** The client has gone silent, and its deadline comes. */
    private void late() {
        codec.goodbye(CloseReason.of(Cause.DEADLINE, "frame")).ifPresent(word -> codec.encode(word, out));
        end = "late";
    }

    private void handle(HttpRequest request) {
        long number = request.number();
        if (!describe(request).equals(describe(codec.keep(request)))) {
            throw new AssertionError("a copy of " + describe(request) + " is " + describe(codec.keep(request)));
        }
        if (!request.isHead()) {
            piece(request);
            return;
        }
        String head = describeHead(request);
        String before = heads.putIfAbsent(number, head);
        if (before == null) {
            if (number != methods.size() + 1) {
                throw new AssertionError("request " + number + " comes after " + methods.size());
            }
            if (isLastAsked) {
                throw new AssertionError("request " + number + " comes after one that was to be the last");
            }
            if (later.size() >= MOST_PIPELINED) {
                throw new AssertionError("request " + number + " comes while " + later.size() + " are unanswered");
            }
            isLastAsked = !request.isKeepAlive();
            methods.add(request.method());
        } else if (!before.equals(head)) {
            throw new AssertionError("request " + number + " was " + before + " and is now " + head);
        }
        switch (manner(number)) {
            case AT_ONCE -> session.send(text(number));
            case PREPARED -> session.send(request.respond(PREPARED));
            case WHOLE -> {
                if (request.awaitBody(LONGEST_AWAITED, session)) {
                    body(number, request.content());
                    session.send(text(number));
                }
            }
            case WHOLE_LATER -> {
                if (request.awaitBody(LONGEST_AWAITED, session)) {
                    body(number, request.content());
                    later.addLast(() -> session.send(text(number)));
                }
            }
            case LATER -> {
                // Where the client waits for a word, what it sends meanwhile is read or not as it comes.
                if (request.expectsContinue()) {
                    session.send(text(number));
                } else {
                    later.addLast(() -> session.send(text(number)));
                }
            }
            case PIECES, ECHO, EARLY -> pieces(request);
        }
    }

    private Manner manner(long number) {
        return Manner.values()[(int) (manners >>> (3 * (number % 20))) & 7];
    }

    private void pieces(HttpRequest request) {
        long number = request.number();
        if (request.isLast()) {
            session.send(text(number));
            return;
        }
        request.streamBody(session);
        if (manner(number) == Manner.EARLY) {
            session.send(text(number));
        } else if (manner(number) == Manner.ECHO) {
            long length = request.contentLength();
            HttpResponse head = HttpResponse.of(200).answering(number);
            session.send(length < 0 ? head.stream() : head.stream(length));
        }
    }

    private void piece(HttpRequest request) {
        long number = request.number();
        body(number, request.content());
        Manner manner = manner(number);
        if (manner == Manner.ECHO) {
            session.send(
                    HttpResponse.piece(Unpooled.copiedBuffer(request.content())).answering(number));
        }
        if (request.isLast()) {
            bodies.get(number).append(", ").append(request.trailers("X-Trailer"));
            if (manner == Manner.ECHO) {
                session.send(HttpResponse.end().answering(number));
            } else if (manner == Manner.PIECES) {
                session.send(text(number));
            }
        }
    }

    private static HttpResponse text(long number) {
        return HttpResponse.text("answer " + number).answering(number);
    }

    private void body(long number, ByteBuf bytes) {
        bodies.computeIfAbsent(number, each -> new StringBuilder()).append(bytes.toString(StandardCharsets.ISO_8859_1));
    }

    private static String describe(HttpRequest request) {
        String content = request.content().toString(StandardCharsets.ISO_8859_1);
        return (request.isHead() ? describeHead(request) : "piece") + content + request.trailers("X-Trailer");
    }

    private static String describeHead(HttpRequest request) {
        StringBuilder text = new StringBuilder()
                .append(request.number() + " " + request.method() + " " + request.target() + " " + request.path() + " "
                        + request.query() + " 1." + request.minorVersion() + " host " + request.host() + " length "
                        + request.contentLength() + " keep " + request.isKeepAlive() + " expects "
                        + request.expectsContinue() + " upgrade " + request.upgrade() + "\n");
        for (int i = 0; i < request.fieldCount(); i++) {
            text.append(request.fieldName(i))
                    .append(": ")
                    .append(request.fieldValue(i))
                    .append('\n');
        }
        return text.toString();
    }
}
