package dev.weir.benchmarks.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;

/** Answers {@code GET /plaintext} with a short text, and anything else with 404. Bodies of requests are dropped. */
@SuppressWarnings("FutureReturnValueIgnored") // A write that fails comes to exceptionCaught, by the void promise.
final class Plaintext extends BurstHandler {
    private static final AsciiString LENGTH = AsciiString.cached("13");
    private static final ByteBuf TEXT = Unpooled.unreleasableBuffer(
            Unpooled.directBuffer().writeBytes("Hello, World!".getBytes(StandardCharsets.US_ASCII)));

    private final DateField date;

    Plaintext(DateField date) {
        this.date = date;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request) {
            answer(context, request);
        }
        ReferenceCountUtil.release(message);
    }

    private void answer(ChannelHandlerContext context, HttpRequest request) {
        FullHttpResponse response = "/plaintext".equals(request.uri()) ? hello() : notFound();
        response.headers().set(HttpHeaderNames.DATE, date.value());
        if (HttpUtil.isKeepAlive(request)) {
            context.write(response, context.voidPromise());
        } else {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            context.write(response).addListener(ChannelFutureListener.CLOSE);
        }
    }

    private static FullHttpResponse hello() {
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, TEXT.duplicate());
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.TEXT_PLAIN)
                .set(HttpHeaderNames.CONTENT_LENGTH, LENGTH);
        return response;
    }

    private static FullHttpResponse notFound() {
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.NOT_FOUND);
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, HttpHeaderValues.ZERO);
        return response;
    }
}
