package dev.weir.transport.epoll;

import dev.weir.benchmarks.Spread;
import dev.weir.metrics.Counter;
import dev.weir.transport.Endpoint;
import dev.weir.transport.TransportException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Two ways to spread the connections of one listening socket over two loops: one loop accepts all and hands every other one over, or
 * both wait for the socket with EPOLLEXCLUSIVE (epoll_ctl(2)). Prints, for each way, the CPU time of the loops for a connection and the
 * part that the busier loop got; rounds alternate. Accepting alone: a connection is reset as soon as a loop has it.
 */
public final class AcceptSpread {
    private static final int EPOLLEXCLUSIVE = 1 << 28;
    private static final int LOOPS = 2;
    private static final int CLIENTS = 4;
    /** What one wake-up accepts at the most, as Weir's default. */
    private static final int BATCH = 16;

    private static final int ROUNDS = 7;
    private static final long ROUND_NANOS = 2_000_000_000L;

    private enum Way {
        HANDED_OVER,
        EXCLUSIVE
    }

    private final Way way;
    private final int listener;
    private final List<Loop> loops = new ArrayList<>();
    private volatile boolean ended;

    private AcceptSpread(Way way, CallMemory memory) throws TransportException {
        this.way = way;
        this.listener = Sockets.open(memory, Headers.AF_INET);
        Endpoint loopback = new Endpoint.Inet(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
        int length = SocketAddresses.write(loopback, memory.address);
        check(Libc.bind(memory.errno, listener, memory.address.address(), length));
        check(Libc.listen(memory.errno, listener, 1024));
        for (int i = 0; i < LOOPS; i++) {
            loops.add(new Loop(i));
        }
    }

    /** Runs all rounds. */
    public static void main(String[] arguments) throws Exception {
        Map<Way, List<double[]>> rounds = new EnumMap<>(Way.class);
        List<Way> ways = new ArrayList<>(List.of(Way.values()));
        for (int round = 0; round <= ROUNDS; round++) {
            for (Way way : ways) {
                double[] figures = new AcceptSpread(way, new CallMemory()).run();
                // The first round is for the compiler.
                if (round > 0) {
                    rounds.computeIfAbsent(way, none -> new ArrayList<>()).add(figures);
                }
            }
            Collections.reverse(ways);
        }
        rounds.forEach((way, figures) -> System.out.printf(
                Locale.ROOT,
                "%-12s CPU us/connection %s   busier loop's part %s%n",
                way,
                spread(figures, 0),
                spread(figures, 1)));
    }

    private static String spread(List<double[]> rounds, int figure) {
        return Spread.of(rounds.stream().mapToDouble(round -> round[figure]).toArray())
                .cell(2);
    }

    private double[] run() throws Exception {
        CallMemory memory = new CallMemory();
        Endpoint.Inet address = (Endpoint.Inet) Sockets.localAddress(memory, listener);
        List<Thread> threads = new ArrayList<>();
        for (Loop loop : loops) {
            threads.add(Thread.ofPlatform().start(loop::run));
        }
        List<Thread> clients = new ArrayList<>();
        long end = System.nanoTime() + ROUND_NANOS;
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(Thread.ofPlatform().start(() -> connectUntil(end, address.address())));
        }
        for (Thread client : clients) {
            client.join();
        }
        long busy = 0;
        long connections = 0;
        long most = 0;
        for (int i = 0; i < LOOPS; i++) {
            busy += ManagementFactory.getThreadMXBean()
                    .getThreadCpuTime(threads.get(i).threadId());
            long here = loops.get(i).connections.value();
            connections += here;
            most = Math.max(most, here);
        }
        ended = true;
        for (int i = 0; i < LOOPS; i++) {
            loops.get(i).wakeUp.wake();
            threads.get(i).join();
        }
        Libc.close(listener);
        return new double[] {busy / 1000.0 / connections, (double) most / connections};
    }

    private static void connectUntil(long end, InetSocketAddress address) {
        while (System.nanoTime() - end < 0) {
            try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
                socket.getInputStream().read();
            } catch (IOException reset) {
                // As it is to be: nothing stays in TIME_WAIT.
            }
        }
    }

    private static void check(int result) throws TransportException {
        if (result < 0) {
            throw Failures.of("cannot prepare ", "the listening socket", result);
        }
    }

    /** One of the two loops. */
    private final class Loop {
        private final int index;
        private final CallMemory memory = new CallMemory();
        private final EpollSet epoll = EpollSet.open(memory.errno, BATCH);
        private final WakeUp wakeUp = WakeUp.open(memory.errno);
        private final Queue<Integer> handed = new ConcurrentLinkedQueue<>();
        private final Counter connections = new Counter();
        private int accepted;

        Loop(int index) throws TransportException {
            this.index = index;
            epoll.add(wakeUp.fd(), Headers.EPOLLIN | Headers.EPOLLET, -1);
            if (way == Way.EXCLUSIVE) {
                epoll.add(listener, Headers.EPOLLIN | EPOLLEXCLUSIVE, listener);
            } else if (index == 0) {
                epoll.add(listener, Headers.EPOLLIN, listener);
            }
        }

        void run() {
            try {
                while (!ended) {
                    int found = wakeUp.beginWait() && handed.isEmpty() ? epoll.await(Long.MAX_VALUE) : epoll.await(0);
                    wakeUp.endWait();
                    for (int i = 0; i < found; i++) {
                        if (epoll.data(i) == listener) {
                            accept();
                        }
                    }
                    for (Integer fd = handed.poll(); fd != null; fd = handed.poll()) {
                        serve(fd);
                    }
                }
            } catch (TransportException e) {
                throw new IllegalStateException(e);
            } finally {
                wakeUp.close();
                epoll.close();
            }
        }

        private void accept() {
            for (int i = 0; i < BATCH; i++) {
                int fd = Libc.accept4(memory.errno, listener, 0, 0, Headers.SOCK_NONBLOCK | Headers.SOCK_CLOEXEC);
                if (fd < 0) {
                    return;
                }
                Loop to = loops.get(way == Way.EXCLUSIVE ? index : accepted++ % LOOPS);
                if (to == this) {
                    serve(fd);
                } else {
                    to.handed.add(fd);
                    to.wakeUp.wake();
                }
            }
        }

        private void serve(int fd) {
            connections.increment();
            Sockets.resetAtClose(fd);
            Libc.close(fd);
        }
    }
}
