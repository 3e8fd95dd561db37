package dev.weir.protocols.http1;

import dev.weir.codec.Codec;
import dev.weir.codec.CodecFactory;
import dev.weir.codec.MessageWindow;
import dev.weir.connection.Connection;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The codec {@code http1} as configured. */
public final class HttpCodecFactory implements CodecFactory<HttpRequest, HttpResponse>, AutoCloseable {
    private final HttpLimits limits;
    private final InstantSource instants;
    private final AccessSettings access;
    /** By the loop's window, of which there is one for each loop. */
    private final Map<MessageWindow, HttpLoop> loops = new ConcurrentHashMap<>();

    HttpCodecFactory(HttpLimits limits, InstantSource instants, AccessSettings access) {
        this.limits = limits;
        this.instants = instants;
        this.access = access;
    }

    @Override
    public Class<HttpRequest> inbound() {
        return HttpRequest.class;
    }

    @Override
    public Class<HttpResponse> outbound() {
        return HttpResponse.class;
    }

    @Override
    public int maxUndecodedBytes() {
        return Math.max(limits.head(), BodyReader.LONGEST_CHUNK_LINE);
    }

    @Override
    public boolean hasGoodbye() {
        return true;
    }

    @Override
    public boolean answersRequests() {
        return true;
    }

    /** A body is asked for while the head is handled. See {@link Router.Builder#blocking} for handlers that block. */
    @Override
    public boolean servesBlocking() {
        return false;
    }

    @Override
    public Codec<HttpRequest, HttpResponse> create(Connection connection, MessageWindow window) {
        HttpLoop loop = loops.computeIfAbsent(window, each -> new HttpLoop(limits, instants, access.way(instants)));
        // So its one answer says that it is the last.
        HttpLimits within = connection.isForOneReply() ? limits.ofOneRequest() : limits;
        return new HttpCodec(within, loop, connection, window);
    }

    /** Has the access log write what it holds. */
    @Override
    public void close() {
        access.log().close();
    }
}
