package dev.weir.server;

import dev.weir.lifecycle.OverloadPolicy.Reading;
import dev.weir.lifecycle.OverloadPolicy.Resource;
import java.util.Optional;

/** Reads how much of a resource the process has in use. */
@FunctionalInterface
public interface ResourceReader {
    /** The reading; empty where there is none, or none yet. Not on an event loop: it may take milliseconds. */
    Optional<Reading> read(Resource resource);
}
