package dev.weir.benchmarks.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** A handler that writes while it reads: what it has written goes out when all that was there to be read has been read. */
@SuppressWarnings("FutureReturnValueIgnored") // Nothing is to be done when a close fails.
abstract class BurstHandler extends ChannelInboundHandlerAdapter {
    @Override
    public final void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }

    @Override
    public final void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
