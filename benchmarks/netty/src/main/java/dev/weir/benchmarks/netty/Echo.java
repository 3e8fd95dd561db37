package dev.weir.benchmarks.netty;

import io.netty.channel.ChannelHandlerContext;

/** Sends each message back: its buffer, not a copy. */
@SuppressWarnings("FutureReturnValueIgnored") // A write that fails comes to exceptionCaught, by the void promise.
final class Echo extends BurstHandler {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        context.write(message, context.voidPromise());
    }
}
