package dev.weir.protocols.http1;

import dev.weir.codec.Codec;
import dev.weir.codec.MessageWindow;
import dev.weir.codec.Output;
import dev.weir.codec.ProtocolViolation;
import dev.weir.connection.Connection;
import dev.weir.fault.CloseReason;
import dev.weir.fault.CloseReason.Cause;
import dev.weir.protocol.Session;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Optional;

/** HTTP/1.1 on one connection: requests in, responses out, in order. */
final class HttpCodec implements Codec<HttpRequest, HttpResponse> {
    /** Empty lines before a request are read over (RFC 9112, 2.2), though not for ever. */
    private static final int MOST_EMPTY_LINES = 8;

    /** A body that nobody asks for is read to its end if it is no longer, to keep the connection; a longer one costs more than a new connection. */
    private static final long MOST_SKIPPED = 64 * 1024;

    /** Bytes of answers that wait for an earlier one, above which no further request is taken. */
    private static final long MOST_EARLY = 256 * 1024;

    private static final int FIRST_ROOM = 1024;

    /** How a request begins that is answered without a body. */
    private static final String HEAD = "HEAD ";

    /** What becomes of a body. */
    private enum Wish {
        SKIP,
        PIECES,
        WHOLE
    }

    private final HttpLimits limits;
    private final HttpLoop loop;
    private final Connection connection;
    private final MessageWindow window;
    private final HeadScanner scanner;
    private final Replies replies;
    /** Null where no access log is kept. */
    private final AccessTrail trail;

    private int emptyLines;
    /** Null until a request has a body. */
    private BodyReader body;

    private Wish wish = Wish.SKIP;
    private long skipped;
    /** Whether the client waits for a word before it sends the body, and none of it has come. */
    private boolean isContinueOwed;

    /** The input while the head is handled: the body may be behind it. */
    private ByteBuf input;
    /** The length of the head that is handled, for a copy of it. */
    private int headLength;

    /** The head of a request whose body is awaited; null while none is. */
    private byte[] awaitedHead;

    private ByteBuf awaited;
    private long awaitedLimit;
    private boolean isAwaitedGiven;

    /** A request that may change the protocol waits for those before it. */
    private boolean isParked;

    /** What ends the connection once all requests before it are answered; null mostly. */
    private ProtocolViolation doom;
    /** Whether what ends it is no request that has a number. */
    private boolean isDoomedUnasked;

    HttpCodec(HttpLimits limits, HttpLoop loop, Connection connection, MessageWindow window) {
        this.limits = limits;
        this.loop = loop;
        this.connection = connection;
        this.window = window;
        this.scanner = new HeadScanner(limits);
        this.trail = loop.trail(connection);
        this.replies = new Replies(connection, loop.writer(), trail);
    }

    // ---- In.

    @Override
    public HttpRequest decode(ByteBuf in) throws ProtocolViolation {
        if (doom != null) {
            return meetDoom();
        }
        try {
            if (isInside()) {
                HttpRequest part = part(in);
                if (part != null || isInside()) {
                    return part;
                }
            }
            return in.isReadable() && next() == Next.READ ? head(in) : null;
        } catch (ProtocolViolation violation) {
            doom = violation;
            return meetDoom();
        }
    }

    @Override
    public HttpRequest decodeEnd(ByteBuf in) throws ProtocolViolation {
        HttpRequest message = isInside() || in.isReadable() ? decode(in) : null;
        if (message != null || doom != null || next() != Next.READ) {
            return message;
        }
        // Nobody is told: who leaves in the middle of a request has given it up (RFC 9112, 8).
        if (isInside()) {
            doom = new ProtocolViolation("input ended inside the body of request " + replies.newest());
            return meetDoom();
        }
        if (in.isReadable() && !isPerhapsEmptyLine(in)) {
            doom = new ProtocolViolation(
                    "input ended inside the head of a request, after " + in.readableBytes() + " bytes of it");
            isDoomedUnasked = true;
            return meetDoom();
        }
        in.skipBytes(in.readableBytes());
        return null;
    }

    /** The refusal is the answer to the newest request, so it waits for the others, and is left out where an answer has begun. */
    private HttpRequest meetDoom() throws ProtocolViolation {
        if (isDoomFarOff()) {
            return null;
        }
        ProtocolViolation violation = doom;
        if (replies.hasBegun(replies.newest())) {
            violation = new ProtocolViolation(violation.getMessage());
        } else {
            violation.lastReply().ifPresent(reply -> ((HttpResponse) reply).answering(replies.newest()));
        }
        throw violation;
    }

    private boolean isDoomFarOff() {
        return replies.unanswered() > (isDoomedUnasked ? 0 : 1);
    }

    private HttpRequest head(ByteBuf in) throws ProtocolViolation {
        skipEmptyLines(in);
        if (!in.isReadable() || isPerhapsEmptyLine(in)) {
            return null;
        }
        int length;
        try {
            if (scanner.isFresh()
                    && !Characters.isToken(in.getByte(in.readerIndex()))
                    && in.getByte(in.readerIndex()) != '\r') {
                throw Refusal.badRequest("What comes is no HTTP: a request begins with its method (RFC 9112, 3).");
            }
            length = scanner.head(in, loop.head());
            if (length == HeadScanner.NOT_YET) {
                return null;
            }
            headLength = length;
            loop.parser().head(loop.head().array(), length, loop.request());
            isParked = replies.unanswered() > 0 && mayChangeProtocol(loop.request());
            if (isParked) {
                return null;
            }
        } catch (ProtocolViolation violation) {
            replies.ask(isHead(in) ? Replies.IS_HEAD : 0);
            throw violation;
        }
        in.skipBytes(length);
        emptyLines = 0;
        return asked(in);
    }

    /** So that the change comes behind all answers, it is not even decided on before. */
    private static boolean mayChangeProtocol(HttpRequest request) {
        return request.offersUpgrade() || request.isMethod("CONNECT");
    }

    /** A refused HEAD is answered without a body, too (RFC 9110, 9.3.2). */
    private static boolean isHead(ByteBuf in) {
        if (in.readableBytes() < HEAD.length()) {
            return false;
        }
        for (int i = 0; i < HEAD.length(); i++) {
            if (in.getByte(in.readerIndex() + i) != HEAD.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private HttpRequest asked(ByteBuf in) {
        HttpRequest request = loop.request();
        boolean isLastOfAll = replies.newest() + 1 >= limits.requests();
        int kind = (request.isKeepAlive() && !isLastOfAll && !connection.isDraining() ? Replies.KEEPS_ALIVE : 0)
                | (request.minorVersion() == 0 ? Replies.IS_OLD : 0);
        long number = replies.ask(kind);
        request.lendHead(this, number);
        if (trail != null) {
            trail.understood(request);
        }
        if (request.isMethod("HEAD")) {
            replies.ofNewest(Replies.IS_HEAD);
        } else if (request.isMethod("CONNECT")) {
            replies.ofNewest(Replies.IS_CONNECT);
        } else if (request.offersUpgrade()) {
            replies.ofNewest(Replies.OFFERS_UPGRADE);
        }
        input = in;
        if (!request.isLast()) {
            beginBody(request);
        }
        return request;
    }

    private void beginBody(HttpRequest request) {
        if (body == null) {
            body = new BodyReader(limits);
        }
        body.begin(request.contentLength());
        wish = Wish.SKIP;
        skipped = 0;
        isContinueOwed = request.expectsContinue() && !input.isReadable();
        if (request.expectsContinue() || request.contentLength() > MOST_SKIPPED || request.contentLength() < 0) {
            // Unless the handler asks for the body the connection ends with the answer.
            replies.keepAfterNewest(false);
        }
    }

    private void skipEmptyLines(ByteBuf in) throws ProtocolViolation {
        while (scanner.isFresh()
                && in.readableBytes() >= 2
                && in.getByte(in.readerIndex()) == '\r'
                && in.getByte(in.readerIndex() + 1) == '\n') {
            emptyLines++;
            if (emptyLines > MOST_EMPTY_LINES) {
                replies.ask(0);
                throw Refusal.badRequest(
                        "More than " + MOST_EMPTY_LINES + " empty lines come before a request (RFC 9112, 2.2).");
            }
            in.skipBytes(2);
        }
    }

    /** True for the first byte of an empty line, whose second has not come. */
    private boolean isPerhapsEmptyLine(ByteBuf in) {
        return scanner.isFresh() && in.readableBytes() == 1 && in.getByte(in.readerIndex()) == '\r';
    }

    // ---- Bodies.

    private HttpRequest part(ByteBuf in) throws ProtocolViolation {
        return switch (wish) {
            case SKIP -> skip(in);
            case PIECES -> piece(in);
            case WHOLE -> whole(in);
        };
    }

    private HttpRequest skip(ByteBuf in) throws ProtocolViolation {
        for (int count = body.next(in); count > 0; count = body.next(in)) {
            in.skipBytes(count);
            body.took(count);
            skipped += count;
        }
        takeTrailers(in);
        return null;
    }

    private HttpRequest piece(ByteBuf in) throws ProtocolViolation {
        int count = body.next(in);
        HttpRequest request = loop.request();
        if (count > 0) {
            ByteBuf piece = window.showNext(in, count);
            body.took(count);
            request.noHead();
            return request.lendPiece(this, replies.newest(), piece, body.isDone());
        }
        if (!takeTrailers(in)) {
            return null;
        }
        return request.lendPiece(this, replies.newest(), Unpooled.EMPTY_BUFFER, true);
    }

    private HttpRequest whole(ByteBuf in) throws ProtocolViolation {
        for (int count = body.next(in); count > 0; count = body.next(in)) {
            if (awaited.readableBytes() + (long) count > awaitedLimit) {
                throw Refusal.of(413, tooLarge(awaitedLimit));
            }
            awaited.writeBytes(in, count);
            body.took(count);
        }
        if (body.isAtTrailers()) {
            takeTrailers(in);
        }
        if (!body.isDone()) {
            return null;
        }
        if (replies.hasBegun(replies.newest())) {
            // It was answered meanwhile: nobody waits for the body any more.
            releaseAwaited();
            return null;
        }
        isAwaitedGiven = true;
        HttpRequest request = loop.request();
        loop.parser().head(awaitedHead, awaitedHead.length, request);
        return request.lendWhole(
                this, replies.newest(), window.show(awaited, awaited.readerIndex(), awaited.readableBytes()));
    }

    /** @return true when the body's end, with its trailers, has been taken; they are then in the loop's request */
    private boolean takeTrailers(ByteBuf in) throws ProtocolViolation {
        if (!body.isAtTrailers()) {
            return false;
        }
        int length = body.trailers(in, loop.head());
        if (length == HeadScanner.NOT_YET) {
            return false;
        }
        loop.parser().trailers(loop.head().array(), length, loop.request());
        in.skipBytes(length);
        body.tookTrailers();
        return true;
    }

    private static String tooLarge(long limit) {
        return "The body is larger than " + limit + " bytes, the most that is taken here (RFC 9110, 15.5.14).";
    }

    /** See {@link HttpRequest#awaitBody}. */
    boolean awaitBody(long limit, Session<HttpResponse> session) {
        HttpRequest request = loop.request();
        checkAsking(request);
        if (request.contentLength() > limit) {
            session.send(Refusal.response(413, tooLarge(limit)).answering(request.number()));
            return false;
        }
        replies.keepAfterNewest(request.isKeepAlive() && mayGoOn());
        long length = request.contentLength();
        if (length > 0 && input.readableBytes() >= length) {
            request.whole(window.showNext(input, (int) length));
            body.took((int) length);
            return true;
        }
        wish = Wish.WHOLE;
        awaitedLimit = limit;
        isAwaitedGiven = false;
        awaitedHead = Arrays.copyOf(loop.head().array(), headLength);
        awaited = input.alloc().buffer(FIRST_ROOM);
        proceed(request.number(), session);
        return false;
    }

    /** See {@link HttpRequest#streamBody}. */
    void streamBody(Session<HttpResponse> session) {
        HttpRequest request = loop.request();
        checkAsking(request);
        replies.keepAfterNewest(request.isKeepAlive() && mayGoOn());
        wish = Wish.PIECES;
        proceed(request.number(), session);
    }

    private boolean mayGoOn() {
        return replies.newest() < limits.requests() && !connection.isDraining();
    }

    private void checkAsking(HttpRequest request) {
        if (input == null || !request.isHead() || wish != Wish.SKIP || replies.hasBegun(request.number())) {
            throw new IllegalStateException(
                    "a body is asked for once, while the head is handled and before the answer");
        }
    }

    /** RFC 9110, 10.1.1: unless the body is on its way already. */
    private void proceed(long number, Session<HttpResponse> session) {
        if (isContinueOwed) {
            isContinueOwed = false;
            session.send(HttpResponse.interim(100).answering(number));
        }
    }

    /** The loop's response, which becomes a prepared one. */
    HttpResponse lentResponse() {
        return loop.response();
    }

    @Override
    public void messageHandled() {
        input = null;
        loop.request().forget();
        if (isAwaitedGiven) {
            window.forget();
            releaseAwaited();
        }
    }

    private void releaseAwaited() {
        isAwaitedGiven = false;
        if (awaited != null) {
            awaited.release();
            awaited = null;
            awaitedHead = null;
        }
    }

    @Override
    public HttpRequest keep(HttpRequest message) {
        return message.copy();
    }

    @Override
    public boolean isInside() {
        return body != null && !body.isDone();
    }

    @Override
    public boolean owes() {
        // Behind the last answer nobody waits for any other.
        return replies.unanswered() > 0 && !replies.isOver();
    }

    // ---- Out.

    @Override
    public void encode(HttpResponse response, Output out) {
        boolean taken = false;
        try {
            // While a request is handled, what was read last was it.
            replies.answer(response, out, input == null ? HttpDate.NO_STAMP : connection.lastReadNanos());
            taken = true;
        } finally {
            if (!taken) {
                response.release();
            }
        }
    }

    @Override
    public Next next() {
        if (replies.isOver() || replies.isUpgraded()) {
            // Who changes the protocol switches in the same call, and then this codec is not asked any more.
            return Next.CLOSE;
        }
        if (doom != null) {
            return isDoomFarOff() ? Next.WAIT : Next.READ;
        }
        if (isParked) {
            return replies.unanswered() > 0 ? Next.WAIT : Next.READ;
        }
        if (isInside()) {
            return nextOfBody();
        }
        boolean isFull = replies.unanswered() >= limits.pipelined() || replies.earlyBytes() > MOST_EARLY;
        return isFull || !replies.mayBeFollowed() ? Next.WAIT : Next.READ;
    }

    private Next nextOfBody() {
        return switch (wish) {
            case SKIP -> {
                boolean isTooLong = body.left() > MOST_SKIPPED || skipped > MOST_SKIPPED;
                if (!isTooLong && !isContinueOwed) {
                    yield Next.READ;
                }
                yield replies.hasBegun(replies.newest()) && replies.unanswered() == 0 ? Next.CLOSE : Next.WAIT;
            }
            case PIECES -> replies.earlyBytes() > MOST_EARLY ? Next.WAIT : Next.READ;
            case WHOLE -> Next.READ;
        };
    }

    /** Whether what is sent for a request goes out, or there is room for it to wait. */
    boolean takesMore(long number) {
        return replies.isNext(number) || replies.earlyBytes() <= MOST_EARLY;
    }

    /** Who is in the middle of a request is told what became of it; who is idle is told nothing, for it would answer the next request. */
    @Override
    public Optional<HttpResponse> goodbye(CloseReason reason) {
        if (replies.isOver() || replies.isUpgraded()) {
            return Optional.empty();
        }
        if (reason.cause() == Cause.REFUSED && replies.newest() == 0) {
            replies.ask(0);
            return Optional.of(Refusal.response(503, "This server takes no more connections at the moment."));
        }
        boolean isLate = reason.cause() == Cause.DEADLINE || reason.cause() == Cause.IDLE;
        if (!isLate || connection.isReadingPaused() || replies.unanswered() > 1) {
            return Optional.empty();
        }
        if (isInside()) {
            return replies.unanswered() == 0 || replies.hasBegun(replies.newest())
                    ? Optional.empty()
                    : Optional.of(late("body", reason));
        }
        if (scanner.isFresh() || replies.unanswered() > 0) {
            return Optional.empty();
        }
        replies.ask(0);
        return Optional.of(late("head", reason));
    }

    private static HttpResponse late(String part, CloseReason reason) {
        return Refusal.response(
                408, "The request's " + part + " took too long to come: " + reason.detail() + " (RFC 9110, 15.5.9).");
    }

    @Override
    public void dispose() {
        releaseAwaited();
        replies.dispose();
    }
}
