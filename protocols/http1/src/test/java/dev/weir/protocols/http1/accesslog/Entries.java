package dev.weir.protocols.http1.accesslog;

import dev.weir.transport.Endpoint;
import java.net.InetSocketAddress;

/** Entries for tests. */
final class Entries {
    /** 2026-11-01T12:00:00.500Z. */
    static final long NOON = 1_793_534_400_500L;

    private Entries() {}

    static AccessEntry entry(String method, String target, String referer, String userAgent) {
        return entry(new Endpoint.Inet(new InetSocketAddress("192.0.2.7", 40_000)), method, target, referer, userAgent);
    }

    static AccessEntry entry(Endpoint remote, String method, String target, String referer, String userAgent) {
        String protocol = method.isEmpty() ? "" : "HTTP/1.1";
        return new AccessEntry(
                NOON, remote, "web", 17, 3, method, target, protocol, 200, 2326, 1_234_567, referer, userAgent);
    }

    /** One that is told from others by its target. */
    static AccessEntry numbered(int number) {
        return entry("GET", "/" + number, "", "");
    }
}
