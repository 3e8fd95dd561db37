package dev.weir.protocols.http1;

import dev.weir.codec.Output;
import dev.weir.protocols.http1.HttpResponse.Kind;
import dev.weir.protocols.http1.ResponseWriter.Framing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The requests of one connection that are not answered yet, and their answers in the order of the requests (RFC 9112, 9.3.2), whenever
 * they come. Used on the connection's loop.
 */
final class Replies {
    /** What a client that reads no chunks, or wants no body, is answered by. */
    static final byte IS_HEAD = 1;

    static final byte IS_OLD = 2;
    static final byte KEEPS_ALIVE = 4;
    static final byte IS_CONNECT = 8;
    static final byte OFFERS_UPGRADE = 16;

    private final ResponseWriter writer;
    /** Null where no access log is kept. */
    private final AccessTrail trail;

    /** What is known of each request that is unanswered, at its number modulo the length, which is a power of two. */
    private byte[] kinds = new byte[2];

    private long asked;
    private long answered;

    /** Whether the oldest request's answer has begun, and how it goes on. */
    private boolean begun;

    private Framing framing = Framing.NONE;
    /** Bytes of a body of stated length that are still to come. */
    private long owed;

    private boolean withBody;
    private boolean closes;
    private boolean isOver;
    private boolean isUpgraded;

    /** Answers that wait for those before them, by request; null until one does. */
    private Map<Long, List<HttpResponse>> early;

    private long earlyBytes;

    /** @param trail null where no access log is kept */
    Replies(ResponseWriter writer, AccessTrail trail) {
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
        if (asked - answered == kinds.length) {
            grow();
        }
        asked++;
        kinds[(int) asked & kinds.length - 1] = (byte) kind;
        if (trail != null) {
            trail.asked();
        }
        return asked;
    }

    private void grow() {
        byte[] more = new byte[kinds.length * 2];
        for (long number = answered + 1; number <= asked; number++) {
            more[(int) number & more.length - 1] = kinds[(int) number & kinds.length - 1];
        }
        kinds = more;
    }

    /** How many requests are unanswered. */
    int unanswered() {
        return (int) (asked - answered);
    }

    /** The number of the newest request. */
    long newest() {
        return asked;
    }

    /** True when the answer to the newest request has begun, or is complete. */
    boolean hasBegun(long number) {
        return number <= answered || (number == answered + 1 && begun) || (early != null && early.containsKey(number));
    }

    boolean isAnswered(long number) {
        return number <= answered;
    }

    /** After the last answer that has been written no other follows. */
    boolean isOver() {
        return isOver;
    }

    /** The connection goes on with another protocol. */
    boolean isUpgraded() {
        return isUpgraded;
    }

    /** Bytes of answers that wait for those before them. */
    long earlyBytes() {
        return earlyBytes;
    }

    /**
     * Whether a request may be taken before the newest is answered. Behind one that ends the connection none is (RFC 9112, 9.6); what
     * comes behind one that may change the protocol may not be HTTP.
     */
    boolean mayBeFollowed() {
        int kind = kinds[(int) asked & kinds.length - 1] & (KEEPS_ALIVE | IS_CONNECT | OFFERS_UPGRADE);
        return asked == answered || kind == KEEPS_ALIVE;
    }

    /** One thing more is known of the newest request. */
    void ofNewest(byte kind) {
        kinds[(int) asked & kinds.length - 1] |= kind;
    }

    /** Whether the connection goes on after the answer to the newest request. */
    void keepAfterNewest(boolean keep) {
        if (keep) {
            ofNewest(KEEPS_ALIVE);
        } else {
            kinds[(int) asked & kinds.length - 1] &= ~KEEPS_ALIVE;
        }
    }

    /**
     * Writes a response, or keeps it until it is its turn. Takes it.
     *
     * @throws IllegalArgumentException when no request waits for it
     */
    void answer(HttpResponse response, Output out) {
        long number = response.request() == 0 ? only() : response.request();
        check(response, number);
        if (isOver) {
            response.release();
        } else if (number == answered + 1) {
            write(response, out);
            while (!begun && !isOver && early != null && writeEarly(out)) {
                // One answer has made way for the next.
            }
        } else {
            keep(response, number);
        }
    }

    private long only() {
        if (unanswered() != 1) {
            throw new IllegalArgumentException(
                    unanswered() + " requests wait for an answer; say which one this is for (HttpResponse.answering)");
        }
        return asked;
    }

    private void check(HttpResponse response, long number) {
        if (number <= answered || number > asked) {
            throw new IllegalArgumentException("request " + number + " does not wait for an answer: it "
                    + (number > asked ? "has not come" : "has been answered"));
        }
        boolean hasBegun = number == answered + 1 ? begun : hasBegunEarly(number);
        boolean isPart = response.kind() == Kind.PIECE || response.kind() == Kind.END;
        if (isPart != hasBegun) {
            throw new IllegalArgumentException(
                    isPart
                            ? "a piece needs a response with stream() before it, for request " + number
                            : "the response to request " + number
                                    + " has begun; only its pieces and its end may follow");
        }
    }

    private boolean hasBegunEarly(long number) {
        List<HttpResponse> waiting = early == null ? null : early.get(number);
        if (waiting == null) {
            return false;
        }
        Kind last = waiting.getLast().kind();
        if (last == Kind.FULL || last == Kind.END) {
            throw new IllegalArgumentException(
                    "request " + number + " does not wait for an answer: it has been answered");
        }
        return last != Kind.INTERIM;
    }

    private void keep(HttpResponse response, long number) {
        if (early == null) {
            early = new HashMap<>();
        }
        early.computeIfAbsent(number, key -> new ArrayList<>(1)).add(response.own());
        earlyBytes += Math.max(0, response.length());
    }

    /** @return true when that answered a request, so that another may be next */
    private boolean writeEarly(Output out) {
        List<HttpResponse> waiting = early.remove(answered + 1);
        if (waiting == null) {
            return false;
        }
        long before = answered;
        for (HttpResponse response : waiting) {
            earlyBytes -= Math.max(0, response.length());
            if (isOver) {
                response.release();
            } else {
                write(response, out);
            }
        }
        return answered > before;
    }

    private void write(HttpResponse response, Output out) {
        switch (response.kind()) {
            case INTERIM -> {
                // An HTTP/1.0 client knows none (RFC 9110, 15.2).
                if (!is(IS_OLD)) {
                    writer.interim(response, out);
                }
            }
            case FULL -> {
                head(response, response.length(), out);
                done();
            }
            case STREAM -> {
                owed = response.length();
                head(response, owed, out);
                begun = true;
            }
            case PIECE -> piece(response, out);
            case END -> end(out);
        }
    }

    private boolean is(byte kind) {
        return (kinds[(int) (answered + 1) & kinds.length - 1] & kind) != 0;
    }

    private void head(HttpResponse response, long length, Output out) {
        int status = response.status();
        // RFC 9112, 6.3.
        boolean isBare = status == 204 || status == 101 || (is(IS_CONNECT) && status / 100 == 2);
        boolean hasNoBody = isBare || status == 304 || status == 205 || is(IS_HEAD);
        long said = status == 205 ? 0 : length;
        isUpgraded = status == 101 || (is(IS_CONNECT) && status / 100 == 2);
        if (isBare || (status == 304 && length <= 0)) {
            framing = Framing.NONE;
        } else if (said != HttpRequest.UNKNOWN_LENGTH) {
            framing = Framing.LENGTH;
        } else {
            framing = is(IS_OLD) ? Framing.END : Framing.CHUNKED;
        }
        withBody = !hasNoBody;
        // Behind a CONNECT that is refused comes, as likely as a request, what was meant for the tunnel.
        boolean isLast = response.isClosing() || !is(KEEPS_ALIVE) || is(IS_CONNECT);
        closes = !isUpgraded && (isLast || (framing == Framing.END && withBody));
        boolean isShort = withBody && response.kind() == Kind.FULL && length > 0 && response.content() == null;
        if (isShort) {
            throw new IllegalArgumentException("a body of " + length + " bytes was said and none given");
        }
        writer.head(response, framing, said, withBody, closes, is(IS_OLD) && !closes && !isUpgraded, out);
        if (trail != null) {
            trail.answering(status);
            trail.sent(withBody && response.kind() == Kind.FULL ? length : 0);
        }
        response.release();
    }

    private void piece(HttpResponse response, Output out) {
        if (!withBody) {
            response.release();
            return;
        }
        if (framing == Framing.LENGTH) {
            if (response.length() > owed) {
                throw new IllegalArgumentException("a piece of " + response.length()
                        + " bytes, where the body has only " + owed + " more of what was said");
            }
            owed -= response.length();
        }
        if (trail != null) {
            trail.sent(response.length());
        }
        writer.piece(response, framing == Framing.CHUNKED, out);
    }

    private void end(Output out) {
        if (withBody && framing == Framing.LENGTH && owed > 0) {
            throw new IllegalArgumentException("the body ends " + owed + " bytes before what was said");
        }
        if (withBody && framing == Framing.CHUNKED) {
            writer.lastChunk(out);
        }
        done();
    }

    private void done() {
        begun = false;
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
        if (early != null) {
            early.values().forEach(waiting -> waiting.forEach(HttpResponse::release));
            early = null;
        }
    }

    @Override
    public String toString() {
        return unanswered() + " of " + asked + " requests unanswered, " + Arrays.toString(kinds);
    }
}
