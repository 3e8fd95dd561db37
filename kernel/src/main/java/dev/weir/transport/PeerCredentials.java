package dev.weir.transport;

/**
 * Who is at the other end of a Unix domain socket, as the kernel noted it when that end connected (SO_PEERCRED, unix(7)).
 *
 * @param pid the process
 * @param uid its effective user
 * @param gid its effective group
 */
public record PeerCredentials(int pid, int uid, int gid) {}
