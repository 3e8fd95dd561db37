package dev.weir.transport.epoll;

/** When epoll reports a connection. */
public enum Trigger {
    /** When it becomes ready (EPOLLET): registered once, no system call when the interest changes. */
    EDGE,
    /** As long as it is ready: a system call for each change of interest. */
    LEVEL
}
