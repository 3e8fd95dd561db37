package dev.weir.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Netty, by the server in {@code benchmarks/netty}, on the Java that Weir runs on.
 *
 * @param java the command
 * @param target what the build of that server has made
 * @param transport {@code epoll} or {@code nio}
 */
record NettyCandidate(String name, Path java, Path target, String transport) implements Candidate {

    @Override
    public List<String> command(Wire wire) {
        List<String> command = new ArrayList<>();
        command.add(java.toString());
        command.addAll(JvmFlags.SERVER);
        // As bin/weir has it for Weir.
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Dio.netty.leakDetection.level=disabled"));
        command.addAll(List.of(
                "-cp",
                target.resolve("classes") + ":" + target.resolve("lib") + "/*",
                "dev.weir.benchmarks.netty.NettyServer",
                transport,
                wire.name().toLowerCase(Locale.ROOT)));
        return command;
    }
}
