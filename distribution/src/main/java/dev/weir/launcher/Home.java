package dev.weir.launcher;

import java.nio.file.Path;
import java.util.Optional;

/** The folder of this installation, which holds bin/, conf/, lib/ and plugins/. {@code bin/weir} names it. */
final class Home {
    private static final String PROPERTY = "weir.home";

    private Home() {}

    /** The folder; empty where the launcher was started by other means than {@code bin/weir}. */
    static Optional<Path> folder() {
        return Optional.ofNullable(System.getProperty(PROPERTY)).map(Path::of);
    }
}
