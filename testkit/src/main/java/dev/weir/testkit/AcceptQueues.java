package dev.weir.testkit;

import dev.weir.time.Clock;
import dev.weir.transport.Endpoint;
import dev.weir.transport.ListenOptions;
import dev.weir.transport.ListeningSocket;
import dev.weir.transport.Poller;
import dev.weir.transport.SocketOption;
import dev.weir.transport.Transport;
import dev.weir.transport.TransportException;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The scenarios of {@link AcceptQueueContract}; each says on its standard output what came of it. */
final class AcceptQueues {
    private static final int SOCKETS = 4;
    private static final int CLIENTS = 200;

    private final Poller poller;
    private final List<SocketChannel> clients = new ArrayList<>();
    private int accepted;

    private AcceptQueues(Transport transport) throws TransportException {
        this.poller = transport.openPoller(Clock.system());
    }

    /** Arguments: the {@link AcceptQueueContract} that has the transport, the scenario, and the value of net.ipv4.tcp_migrate_req. */
    public static void main(String[] args) throws IOException, InterruptedException, ReflectiveOperationException {
        Link.up();
        Link.migrateRequests(Integer.parseInt(args[2]));
        Constructor<?> constructor = Class.forName(args[0]).getDeclaredConstructor();
        constructor.setAccessible(true);
        AcceptQueues queues = new AcceptQueues(((AcceptQueueContract) constructor.newInstance()).transport());
        if (args[1].equals("backlog")) {
            queues.backlog();
        } else {
            queues.group();
        }
    }

    private void backlog() throws IOException {
        ListeningSocket listener = listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4, Map.of());
        connect(listener, 20);
        Waiting.forOthers().until("the queue is full", () -> queues(listener).equals(List.of(5L)));
        System.out.println(established() + " established, " + queues(listener).getFirst() + " in the queue");
    }

    private void group() throws IOException {
        List<ListeningSocket> group = new ArrayList<>();
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        for (int i = 0; i < SOCKETS; i++) {
            group.add(listen(address, CLIENTS, Map.of(SocketOption.REUSE_PORT, true)));
            address = ((Endpoint.Inet) group.getFirst().localAddress()).address();
        }
        connect(group.getFirst(), CLIENTS);
        Waiting.forOthers().until("all are established", () -> established() == CLIENTS);
        List<Long> waiting = queues(group.getFirst());
        boolean eachHasSome = waiting.size() == SOCKETS && waiting.stream().allMatch(count -> count > 0);
        System.out.println("each socket has some: " + eachHasSome);
        group.removeFirst().close();
        group.forEach(this::acceptAll);
        int reset = 0;
        for (SocketChannel client : clients) {
            reset += isReset(client) ? 1 : 0;
        }
        System.out.println("all accepted: " + (accepted == CLIENTS) + ", some reset: " + (reset > 0));
        System.out.println("accepted and reset: " + (accepted + reset));
    }

    private ListeningSocket listen(InetSocketAddress address, int backlog, Map<SocketOption<?>, Object> options)
            throws TransportException {
        ListeningSocket listener = poller.bind(new Endpoint.Inet(address), new ListenOptions(backlog, options));
        listener.listen();
        return listener;
    }

    private void connect(ListeningSocket listener, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            SocketChannel client = SocketChannel.open();
            client.configureBlocking(false);
            client.connect(((Endpoint.Inet) listener.localAddress()).address());
            clients.add(client);
        }
    }

    private long established() {
        return clients.stream().filter(AcceptQueues::isEstablished).count();
    }

    private static boolean isEstablished(SocketChannel client) {
        try {
            return client.finishConnect();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isReset(SocketChannel client) {
        try {
            return client.read(ByteBuffer.allocate(1)) != 0;
        } catch (IOException e) {
            return true;
        }
    }

    private void acceptAll(ListeningSocket listener) {
        try {
            while (listener.accept() != null) {
                accepted++;
            }
        } catch (TransportException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many wait in each queue of this address, as proc(5) tells it: rx_queue of sockets in state 0A. */
    private static List<Long> queues(ListeningSocket listener) {
        String port = "%04X"
                .formatted(((Endpoint.Inet) listener.localAddress()).address().getPort());
        List<Long> queues = new ArrayList<>();
        try {
            for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
                for (String line : Files.readAllLines(Path.of(table))) {
                    String[] fields = line.strip().split("\\s+", -1);
                    if (fields[1].endsWith(":" + port) && fields[3].equals("0A")) {
                        queues.add(Long.parseLong(fields[4].split(":", -1)[1], 16));
                    }
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return queues;
    }
}
