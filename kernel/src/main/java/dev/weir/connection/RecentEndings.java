package dev.weir.connection;

import java.util.List;

/** The last connections of the process that ended. A part of a plugin may ask for it. Any thread. */
@FunctionalInterface
public interface RecentEndings {

    /**
     * The last endings, the latest first: as many as {@code process.endings-kept}. Connections that were refused before a protocol saw
     * them are not among them.
     */
    List<EndedConnection> recent();
}
