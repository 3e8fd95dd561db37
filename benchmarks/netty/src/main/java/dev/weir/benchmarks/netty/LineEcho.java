package dev.weir.benchmarks.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;

/** Sends each line back with CRLF, copied into a buffer of its own: lines are short, and one buffer is cheaper to send than two. */
@SuppressWarnings("FutureReturnValueIgnored") // A write that fails comes to exceptionCaught, by the void promise.
final class LineEcho extends BurstHandler {
    private static final int CRLF = '\r' << Byte.SIZE | '\n';

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf line = (ByteBuf) message;
        ByteBuf answer = context.alloc().ioBuffer(line.readableBytes() + Short.BYTES);
        ByteBufUtil.writeShortBE(answer.writeBytes(line), CRLF);
        line.release();
        context.write(answer, context.voidPromise());
    }
}
