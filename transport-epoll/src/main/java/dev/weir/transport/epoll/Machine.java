package dev.weir.transport.epoll;

import java.util.Optional;

/**
 * What differs between the architectures that this transport knows: struct epoll_event is packed on x86-64 alone (sys/epoll.h), and
 * system calls have their numbers (asm/unistd.h).
 *
 * @param epollEventBytes sizeof(struct epoll_event)
 * @param epollDataOffset offsetof(struct epoll_event, data)
 * @param recvfrom SYS_recvfrom
 * @param sendto SYS_sendto
 */
record Machine(int epollEventBytes, int epollDataOffset, long recvfrom, long sendto) {
    static final Machine X86_64 = new Machine(12, 4, 45, 44);
    static final Machine AARCH64 = new Machine(16, 8, 207, 206);

    /** The machine by Java's name of it ({@code os.arch}); empty when this transport does not know it. */
    static Optional<Machine> of(String arch) {
        return switch (arch) {
            case "amd64", "x86_64" -> Optional.of(X86_64);
            case "aarch64" -> Optional.of(AARCH64);
            default -> Optional.empty();
        };
    }

    /** The machine that this process runs on. */
    static Machine current() {
        String arch = System.getProperty("os.arch");
        return of(arch).orElseThrow(() -> new IllegalStateException("no layouts are known for " + arch));
    }
}
