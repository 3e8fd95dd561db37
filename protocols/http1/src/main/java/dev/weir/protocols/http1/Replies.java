package dev.weir.protocols.http1;

import dev.weir.codec.Output;
import dev.weir.connection.Connection;
import dev.weir.protocols.http1.ResponseWriter.Framing;
import java.util.List;

/**
 * The requests of one connection that are not answered yet, and their answers in the order of the requests (RFC 9112, 9.3.2), whenever
 * they come. Used on the connection's loop.
 */
final class Replies {
    /** The request wants no body. */
    static final int IS_HEAD = 1;

    /** It is of HTTP/1.0, which has no chunks. */
    static final int IS_OLD = 2;

    /** The connection goes on after its answer. */
    static final int KEEPS_ALIVE = 4;

    static final int IS_CONNECT = 8;
    static final int OFFERS_UPGRADE = 16;

    private final Connection connection;
    private final ResponseWriter writer;
    /** Null where no access log is kept. */
    private final AccessTrail trail;

    /** Those that are unanswered, each at its number modulo the length, which is a power of two. */
    private Answer[] answers = {new Answer()};

    private long asked;
    private long answered;

    /** How the oldest request's answer ends, once it has begun. */
    private Framing framing = Framing.NONE;

    private boolean withBody;
    private boolean closes;
    private boolean isOver;
    private boolean isUpgraded;
    /** Bytes of answers that wait for those before them. */
    private long earlyBytes;

    /** @param trail null where no access log is kept */
    Replies(Connection connection, ResponseWriter writer, AccessTrail trail) {
        this.connection = connection;
        this.writer = writer;
        this.trail = trail;
    }

    /**
     * A request has come.
     *
     * @param kind what is known of it: the sum of the constants
     * @return its number
     */
    long ask(int kind) {
        if (asked - answered == answers.length) {
            grow();
        }
        asked++;
        of(asked).begin(kind);
        if (trail != null) {
            trail.asked();
        }
        return asked;
    }

    private void grow() {
        Answer[] more = new Answer[answers.length * 2];
        for (long number = answered + 1; number <= asked; number++) {
            more[(int) number & (more.length - 1)] = of(number);
        }
        for (int i = 0; i < more.length; i++) {
            more[i] = more[i] == null ? new Answer() : more[i];
        }
        answers = more;
    }

    private Answer of(long number) {
        return answers[(int) number & (answers.length - 1)];
    }

    /** How many requests are unanswered. */
    int unanswered() {
        return (int) (asked - answered);
    }

    /** The number of the newest request. */
    long newest() {
        return asked;
    }

    /** True when the answer to a request has begun, or is complete. */
    boolean hasBegun(long number) {
        return number <= answered || of(number).hasBegun();
    }

    /** After the last answer that has been written no other follows. */
    boolean isOver() {
        return isOver;
    }

    /** The connection goes on with another protocol. */
    boolean isUpgraded() {
        return isUpgraded;
    }

    /** What answers that wait for those before them cost, in bytes. */
    long earlyBytes() {
        return earlyBytes;
    }

    /** Whether what is sent for this request goes out, and does not wait for another answer. */
    boolean isNext(long number) {
        return number == answered + 1;
    }

    /**
     * Whether a request may be taken before the newest is answered. Behind one that ends the connection none is (RFC 9112, 9.6); what
     * comes behind one that may change the protocol may not be HTTP.
     */
    boolean mayBeFollowed() {
        Answer newest = of(asked);
        return asked == answered || (newest.is(KEEPS_ALIVE) && !newest.is(IS_CONNECT) && !newest.is(OFFERS_UPGRADE));
    }

    /** One thing more is known of the newest request. */
    void ofNewest(int kind) {
        of(asked).set(kind, true);
    }

    /** Whether the connection goes on after the answer to the newest request. */
    void keepAfterNewest(boolean keep) {
        of(asked).set(KEEPS_ALIVE, keep);
    }

    /**
     * Writes a response, or keeps it until it is its turn. Takes it.
     *
     * @param stampNanos see {@link HttpDate#look}
     * @throws IllegalArgumentException when no request waits for it, or it does not follow on what was sent before
     */
    void answer(HttpResponse response, Output out, long stampNanos) {
        if (isOver || isUpgraded) {
            response.release();
            return;
        }
        long number = response.request() == 0 ? only() : response.request();
        if (number <= answered || number > asked) {
            throw new IllegalArgumentException("request " + number + " does not wait for an answer: it "
                    + (number > asked ? "has not come" : "has been answered"));
        }
        Answer answer = of(number);
        checkUpgrade(response, answer);
        answer.take(response);
        if (!isNext(number)) {
            if (response.isClosing()) {
                answer.set(KEEPS_ALIVE, false);
            }
            earlyBytes += answer.keep(response);
            return;
        }
        writer.look(stampNanos);
        write(response, answer, out);
        while (answer.isComplete() && !isOver && !isUpgraded && unanswered() > 0) {
            // One answer has made way for the next.
            answer = of(answered + 1);
            writeEarly(answer, out);
        }
    }

    private long only() {
        if (unanswered() != 1) {
            throw new IllegalArgumentException(
                    unanswered() + " requests wait for an answer; say which one this is for (HttpResponse.answering)");
        }
        return asked;
    }

    /** RFC 9110, 7.8: the protocol changes only to one that was offered. Requests that offer wait until those before are answered. */
    private static void checkUpgrade(HttpResponse response, Answer answer) {
        if (response.isUpgrade() && !answer.is(OFFERS_UPGRADE)) {
            throw new IllegalArgumentException(
                    "101 answers only a request that offers to change the protocol (RFC 9110, 7.8)");
        }
    }

    private void writeEarly(Answer answer, Output out) {
        earlyBytes -= answer.earlyBytes();
        List<HttpResponse> waiting = answer.takeEarly();
        // By index: nothing waits mostly, and an iterator would be garbage of every answer.
        for (int i = 0; i < waiting.size(); i++) {
            write(waiting.get(i), answer, out);
        }
    }

    private void write(HttpResponse response, Answer answer, Output out) {
        switch (response.kind()) {
            case INTERIM -> {
                // An HTTP/1.0 client knows none (RFC 9110, 15.2).
                if (!answer.is(IS_OLD)) {
                    writer.interim(response, out);
                }
            }
            case FULL -> {
                head(response, answer, out);
                done();
            }
            case STREAM -> head(response, answer, out);
            case PIECE -> piece(response, out);
            case END -> {
                if (withBody && framing == Framing.CHUNKED) {
                    writer.lastChunk(out);
                }
                done();
            }
        }
    }

    private void head(HttpResponse response, Answer answer, Output out) {
        int status = response.status();
        isUpgraded = status == 101 || (answer.is(IS_CONNECT) && status / 100 == 2);
        withBody = answer.hasBody(status);
        long length = length(response);
        if (isUpgraded || status == 204) {
            framing = Framing.NONE;
        } else if (length != HttpRequest.UNKNOWN_LENGTH) {
            framing = Framing.LENGTH;
        } else if (status == 304) {
            framing = Framing.NONE;
        } else {
            framing = answer.is(IS_OLD) ? Framing.END : Framing.CHUNKED;
        }
        // Behind a CONNECT that is refused comes, as likely as a request, what was meant for the tunnel.
        boolean isLast = response.isClosing() || !answer.is(KEEPS_ALIVE) || answer.is(IS_CONNECT) || isLastOfDrain();
        closes = !isUpgraded && (isLast || (framing == Framing.END && withBody));
        boolean isFull = response.kind() == HttpResponse.Kind.FULL;
        if (trail != null) {
            trail.answering(status);
            trail.sent(withBody && isFull ? length : 0);
        }
        boolean saysKeepAlive = answer.is(IS_OLD) && !closes && !isUpgraded;
        PreparedResponse prepared = response.prepared();
        if (prepared != null && framing == Framing.LENGTH && length == response.length() && !closes && !saysKeepAlive) {
            writer.prepared(prepared, withBody, out);
        } else {
            writer.head(response, framing, length, withBody, closes, saysKeepAlive, out);
        }
        response.release();
    }

    /** What Content-Length says: of a 304 what its 200 would say, where that is known (RFC 9110, 8.6). */
    private static long length(HttpResponse response) {
        return switch (response.status()) {
            case 205 -> 0;
            case 304 ->
                response.content() == null && response.length() > 0 ? response.length() : HttpRequest.UNKNOWN_LENGTH;
            default -> response.length();
        };
    }

    /** A client that is to go elsewhere is told with the last answer that it gets (RFC 9112, 9.6). */
    private boolean isLastOfDrain() {
        return unanswered() == 1 && connection.isDraining();
    }

    private void piece(HttpResponse response, Output out) {
        if (!withBody) {
            response.release();
            return;
        }
        if (trail != null) {
            trail.sent(response.length());
        }
        writer.piece(response, framing == Framing.CHUNKED, out);
    }

    private void done() {
        answered++;
        isOver = closes;
        if (trail != null) {
            trail.answered();
        }
    }

    /** Gives back what waits. */
    void dispose() {
        if (trail != null) {
            trail.ended();
        }
        for (Answer answer : answers) {
            answer.takeEarly().forEach(HttpResponse::release);
        }
        earlyBytes = 0;
    }

    @Override
    public String toString() {
        return unanswered() + " of " + asked + " requests unanswered";
    }
}
