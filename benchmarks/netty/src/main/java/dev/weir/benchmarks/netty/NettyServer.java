package dev.weir.benchmarks.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;

/**
 * A server as it is usually written with Netty: one event loop, the allocator that Netty chooses, and a flush for each burst of reads.
 * Arguments: {@code epoll} or {@code nio}, and what it answers, as {@link Answers} names it. It listens on a free port of 127.0.0.1,
 * which it prints, and runs until it is ended.
 */
public final class NettyServer implements AutoCloseable {
    /** As many as a burst of connects needs; the system has its own limit. */
    private static final int BACKLOG = 4096;

    private final EventLoopGroup loops;
    private final DateField date;
    private final Channel listener;

    private NettyServer(EventLoopGroup loops, DateField date, Channel listener) {
        this.loops = loops;
        this.date = date;
        this.listener = listener;
    }

    public static void main(String[] arguments) {
        Answers answers = Answers.valueOf(arguments[1].toUpperCase(Locale.ROOT));
        NettyServer server = switch (arguments[0]) {
            case "epoll" -> epoll(answers);
            case "nio" -> nio(answers);
            default -> throw new IllegalArgumentException(arguments[0] + ": expected epoll or nio");
        };
        System.out.println("listen 127.0.0.1:" + server.port());
    }

    /** Starts one over Netty's native transport. */
    static NettyServer epoll(Answers answers) {
        return start(
                new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory()),
                EpollServerSocketChannel.class,
                answers);
    }

    /** Starts one over {@code java.nio}. */
    static NettyServer nio(Answers answers) {
        return start(
                new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()), NioServerSocketChannel.class, answers);
    }

    private static NettyServer start(EventLoopGroup loops, Class<? extends ServerChannel> type, Answers answers) {
        DateField date = new DateField(loops);
        Channel listener = new ServerBootstrap()
                .group(loops)
                .channel(type)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        answers.fill(connection.pipeline(), date);
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
        return new NettyServer(loops, date, listener);
    }

    int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** Ends it, with its connections. */
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // It ends by itself.
    public void close() {
        date.stop();
        listener.close().syncUninterruptibly();
        loops.shutdownGracefully();
    }
}
