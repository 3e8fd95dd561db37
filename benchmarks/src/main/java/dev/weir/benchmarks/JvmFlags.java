package dev.weir.benchmarks;

import java.util.List;

/** What JVMs of a comparison are started with, so that none of them has a heap or a collector of its own choice. */
final class JvmFlags {
    /** For every server that runs on a JVM. */
    static final List<String> SERVER = List.of("-Xms512m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:-UsePerfData");

    /** For the load. */
    static final List<String> LOAD = List.of("-Xms256m", "-Xmx256m", "-XX:+UseSerialGC", "-XX:-UsePerfData");

    private JvmFlags() {}
}
