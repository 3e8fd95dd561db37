package dev.weir.testkit.simulation;

import dev.weir.fault.Errno;
import dev.weir.transport.FileRegion;
import dev.weir.transport.TransportException;
import io.netty.buffer.ByteBuf;
import java.io.IOException;

/** What sendfile(2) reads. */
final class FileReading {
    private FileReading() {}

    /**
     * Appends at most {@code most} bytes of a region, from its position; leaves the region as it is.
     *
     * @return how many
     * @throws TransportException EIO when there are none although the region promises some, or when the file cannot be read
     */
    static int append(FileRegion region, ByteBuf to, int most) throws TransportException {
        int wanted = (int) Math.min(region.remaining(), most);
        int got = 0;
        try {
            while (got < wanted) {
                int count = to.writeBytes(region.channel(), region.position() + got, wanted - got);
                if (count <= 0) {
                    break;
                }
                got += count;
            }
        } catch (IOException e) {
            throw TransportException.of(e);
        }
        if (got == 0 && wanted > 0) {
            throw new TransportException(Errno.EIO, "the file ends before the region that was to be sent of it");
        }
        return got;
    }
}
