package dev.weir.testkit;

import dev.weir.fault.CloseReason.Cause;
import dev.weir.plugin.PluginCatalog;
import dev.weir.server.Server;
import dev.weir.server.Weir;
import dev.weir.transport.Endpoint;
import dev.weir.transport.Transport;
import dev.weir.wiring.KernelPlugin;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Two servers that echo, in a process that soon has few descriptors left. It does what its standard input says, a command a line, and
 * answers each with a line: {@code take N} leaves N descriptors and no more, {@code free N} gives N of them back, {@code counts} tells
 * the numbers of both servers, {@code stop} ends it. Its class path may be one of folders, from which no class can be loaded any more
 * when the descriptors are gone.
 */
final class ServerAtTheLimit {
    private final List<FileInputStream> taken = new ArrayList<>();
    private final Weir weir;

    private ServerAtTheLimit(Weir weir) {
        this.weir = weir;
    }

    /** Arguments: the {@link ExhaustionContract} that has the transport, and settings for the block weir. */
    public static void main(String[] args) throws Exception {
        Constructor<?> constructor = Class.forName(args[0]).getDeclaredConstructor();
        constructor.setAccessible(true);
        Transport transport = ((ExhaustionContract) constructor.newInstance()).transport();
        try (Weir weir = Weir.builder()
                .transport(transport)
                .plugins(PluginCatalog.of(new KernelPlugin(), new EchoPlugin()))
                .config("""
                        weir {
                          event-loops = 2
                          process.descriptors.reserve = 0
                          servers.one { listen = "127.0.0.1:0", codec = raw, protocol = echo }
                          servers.two = ${weir.servers.one}
                        }
                        weir { %s }
                        """.formatted(args[1]))
                .build()) {
            weir.start();
            new ServerAtTheLimit(weir).serve();
        }
    }

    private void serve() throws IOException {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        StringBuilder ports = new StringBuilder("ports");
        for (Server server : weir.servers()) {
            Endpoint.Inet address = (Endpoint.Inet) server.addresses().getFirst();
            ports.append(' ').append(address.address().getPort());
        }
        // Once while everything can be loaded that this needs.
        counts();
        say(ports.toString());
        for (String command = commands.readLine(); command != null; command = commands.readLine()) {
            String[] words = command.split(" ", -1);
            switch (words[0]) {
                case "take" -> {
                    take();
                    free(Integer.parseInt(words[1]));
                    say("taken");
                }
                case "free" -> {
                    free(Integer.parseInt(words[1]));
                    say("freed");
                }
                case "counts" -> say(counts());
                default -> {
                    free(taken.size());
                    return;
                }
            }
        }
    }

    private void take() {
        try {
            while (true) {
                taken.add(new FileInputStream("/dev/null"));
            }
        } catch (IOException e) {
            // There are none left.
        }
    }

    private void free(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            taken.removeLast().close();
        }
    }

    private String counts() {
        long opened = 0;
        long shed = 0;
        long evicted = 0;
        long exhausted = 0;
        for (Server server : weir.servers()) {
            opened += server.metrics().opened();
            shed += server.metrics().shed();
            evicted += server.metrics().closed(Cause.EVICTED);
            exhausted += server.metrics().exhausted();
        }
        long turns = weir.loops().getFirst().metrics().turns()
                + weir.loops().getLast().metrics().turns();
        return "open " + weir.openConnections() + " opened " + opened + " shed " + shed + " evicted " + evicted
                + " exhausted " + exhausted + " turns " + turns;
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
