package dev.weir.protocols.http1;

import dev.weir.protocols.http1.HttpResponse.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * How far the answer to one request has come, and what of it waits because an earlier request is unanswered. It refuses what does not
 * follow on what was there before, so that nothing that waits can turn out to be wrong when its turn comes.
 */
final class Answer {
    /** What a part that waits costs beside the bytes of its body. */
    private static final int PART_BYTES = 256;

    /** The sum of the constants of {@link Replies}. */
    private int kind;

    private boolean begun;
    private boolean complete;
    /** Bytes of the body that were said and have not come; {@link HttpRequest#UNKNOWN_LENGTH} where no length was said. */
    private long owed;

    private boolean hasBody;
    /** Null while nothing waits. */
    private List<HttpResponse> early;

    private long earlyBytes;

    /** Another request has come, of which so much is known. */
    void begin(int newKind) {
        kind = newKind;
        begun = false;
        complete = false;
    }

    /** Whether that is known of the request. */
    boolean is(int one) {
        return (kind & one) != 0;
    }

    /** One thing more is known of it, or one thing no longer holds. */
    void set(int one, boolean holds) {
        kind = holds ? kind | one : kind & ~one;
    }

    boolean hasBegun() {
        return begun || complete;
    }

    boolean isComplete() {
        return complete;
    }

    /**
     * Takes note of a part. Changes nothing when it refuses it.
     *
     * @throws IllegalArgumentException when it does not follow
     */
    void take(HttpResponse part) {
        if (part.refCnt() == 0) {
            throw new IllegalArgumentException(
                    "this response was sent before; make one for each request, or prepare one (PreparedResponse)");
        }
        if (complete) {
            throw new IllegalArgumentException("this request does not wait for an answer: it has been answered");
        }
        boolean isPart = part.kind() == Kind.PIECE || part.kind() == Kind.END;
        if (isPart != begun) {
            throw new IllegalArgumentException(
                    isPart
                            ? "a piece needs a response with stream() before it"
                            : "the response to this request has begun; only its pieces and its end may follow");
        }
        if (!part.isLengthTrue()) {
            throw new IllegalArgumentException(
                    "the buffer of the body has been written to or read from since it was given to the response");
        }
        switch (part.kind()) {
            case INTERIM -> {
                // The response is still to come.
            }
            case FULL -> {
                if (part.length() > 0 && part.content() == null && hasBody(part.status())) {
                    throw new IllegalArgumentException("a body of " + part.length() + " bytes was said and none given");
                }
                complete = true;
            }
            case STREAM -> {
                begun = true;
                hasBody = hasBody(part.status());
                owed = part.length();
            }
            case PIECE -> takePiece(part.length());
            case END -> {
                if (hasBody && owed > 0) {
                    throw new IllegalArgumentException("the body ends " + owed + " bytes before what was said");
                }
                complete = true;
            }
        }
    }

    private void takePiece(long length) {
        if (owed != HttpRequest.UNKNOWN_LENGTH && hasBody) {
            if (length > owed) {
                throw new IllegalArgumentException(
                        "a piece of " + length + " bytes, where the body has only " + owed + " more of what was said");
            }
            owed -= length;
        }
    }

    /** RFC 9112, 6.3: whether the response has a body, whatever it says of one. */
    boolean hasBody(int status) {
        boolean isTunnel = is(Replies.IS_CONNECT) && status / 100 == 2;
        return !isTunnel && status != 101 && status != 204 && status != 205 && status != 304 && !is(Replies.IS_HEAD);
    }

    /**
     * Keeps a part that was taken, until it is its turn. Takes it.
     *
     * @return what that costs, in bytes
     */
    long keep(HttpResponse part) {
        if (early == null) {
            early = new ArrayList<>(1);
        }
        HttpResponse own = part.own();
        early.add(own);
        long cost = PART_BYTES + own.fieldsLength() + own.contentBytes();
        earlyBytes += cost;
        return cost;
    }

    /** What waits costs so many bytes. */
    long earlyBytes() {
        return earlyBytes;
    }

    /** What waits, which is the caller's from now on. */
    List<HttpResponse> takeEarly() {
        List<HttpResponse> waiting = early == null ? List.of() : early;
        early = null;
        earlyBytes = 0;
        return waiting;
    }
}
