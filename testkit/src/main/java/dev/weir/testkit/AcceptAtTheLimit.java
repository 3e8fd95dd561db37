package dev.weir.testkit;

import dev.weir.fault.Errno;
import dev.weir.time.Clock;
import dev.weir.transport.Endpoint;
import dev.weir.transport.Interest;
import dev.weir.transport.ListenOptions;
import dev.weir.transport.ListeningSocket;
import dev.weir.transport.Poller;
import dev.weir.transport.StreamSocket;
import dev.weir.transport.Transport;
import dev.weir.transport.TransportException;
import java.io.FileInputStream;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A server that runs out of descriptors before its first accept. Says on its standard output what each accept gives. Its class path
 * may be one of folders, from which no class can be loaded any more when the descriptors are gone.
 */
final class AcceptAtTheLimit {
    private static final List<FileInputStream> TAKEN = new ArrayList<>();

    private AcceptAtTheLimit() {}

    /** Arguments: the {@link DescriptorLimitContract} that has the transport, and how many clients there will be. */
    public static void main(String[] args) throws IOException, ReflectiveOperationException {
        int clients = Integer.parseInt(args[1]);
        Seen seen = new Seen();
        Poller poller = transport(args[0]).openPoller(Clock.system());
        ListeningSocket listener = poller.bind(
                new Endpoint.Inet(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                new ListenOptions(16, Map.of()));
        listener.listen();
        poller.register(listener, 1, Interest.READ);
        String port =
                "port " + ((Endpoint.Inet) listener.localAddress()).address().getPort();
        takeEveryDescriptor();

        say("nobody waits: " + accept(listener));
        say(port);
        while (!seen.ready) {
            poller.poll(Poller.FOREVER, seen);
        }
        say("somebody waits: " + accept(listener));
        say("a socket: " + connect(poller, listener.localAddress()));

        for (FileInputStream each : TAKEN) {
            each.close();
        }
        List<StreamSocket> accepted = new ArrayList<>();
        while (accepted.size() < clients) {
            poller.poll(Poller.FOREVER, seen);
            for (StreamSocket socket = listener.accept(); socket != null; socket = listener.accept()) {
                accepted.add(socket);
            }
        }
        say("descriptors are free: " + accepted.size() + " accepted");
    }

    private static Transport transport(String contract) throws ReflectiveOperationException {
        Constructor<?> constructor = Class.forName(contract).getDeclaredConstructor();
        constructor.setAccessible(true);
        return ((DescriptorLimitContract) constructor.newInstance()).transport();
    }

    private static void takeEveryDescriptor() {
        try {
            while (true) {
                TAKEN.add(new FileInputStream("/dev/null"));
            }
        } catch (IOException e) {
            // There are none left.
        }
    }

    private static String accept(ListeningSocket listener) {
        try {
            return String.valueOf(listener.accept());
        } catch (TransportException e) {
            return e.errno().toString();
        }
    }

    private static Errno connect(Poller poller, Endpoint address) {
        try {
            poller.connect(address, 2).close();
            return Errno.OTHER;
        } catch (TransportException e) {
            return e.errno();
        }
    }

    private static void say(String line) {
        System.out.println(line);
    }

    /** Remembers that something was reported. */
    private static final class Seen implements Poller.Events {
        private boolean ready;

        @Override
        public void ready(long token, int readiness) {
            ready = true;
        }

        @Override
        public void sent(long token, long bytes) {
            throw new IllegalStateException("nothing was sent");
        }
    }
}
