package dev.weir.testkit;

import dev.weir.plugin.PluginCatalog;
import dev.weir.server.Weir;
import dev.weir.transport.Endpoint;
import dev.weir.transport.Transport;
import dev.weir.wiring.KernelPlugin;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;

/** A server that echoes. It prints its port, then for each line of its standard input the bytes on its heap that are in use. */
final class IdleServer {
    private static final Runtime RUNTIME = Runtime.getRuntime();
    private static final int COLLECTIONS = 20;

    private IdleServer() {}

    /** Argument: the {@link IdleHeapContract} that has the transport. */
    public static void main(String[] args) throws Exception {
        Constructor<?> constructor = Class.forName(args[0]).getDeclaredConstructor();
        constructor.setAccessible(true);
        Transport transport = ((IdleHeapContract) constructor.newInstance()).transport();
        try (Weir weir = Weir.builder()
                .transport(transport)
                .plugins(PluginCatalog.of(new KernelPlugin(), new EchoPlugin()))
                .config("""
                        weir {
                          event-loops = 1
                          servers.one { listen = "127.0.0.1:0", codec = raw, protocol = echo }
                        }
                        """)
                .build()) {
            weir.start();
            Endpoint.Inet address =
                    (Endpoint.Inet) weir.servers().getFirst().addresses().getFirst();
            System.out.println(address.address().getPort());
            BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            while (commands.readLine() != null) {
                System.out.println(liveHeap());
            }
        }
    }

    /** The least of several: what a collection has only made ready to go, the buffers of a closed archive say, goes a little later. */
    private static long liveHeap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            least = Math.min(least, RUNTIME.totalMemory() - RUNTIME.freeMemory());
        }
        return least;
    }
}
