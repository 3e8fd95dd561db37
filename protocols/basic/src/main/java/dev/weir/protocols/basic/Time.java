package dev.weir.protocols.basic;

import dev.weir.protocol.Handler;
import dev.weir.protocol.Session;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.InstantSource;

/**
 * Sends the seconds since 1900-01-01T00:00:00Z as 32 bits, big-endian, and closes (RFC 868). The number starts again from 0 on 7
 * February 2036: the RFC has no more bits.
 */
public final class Time implements BytesProtocol {
    /** Seconds from 1900-01-01 to 1970-01-01: 70 years of which 17 are leap years. */
    private static final long UNIX_EPOCH = 2_208_988_800L;

    private final InstantSource instants;

    /** @param instants the time of day */
    public Time(InstantSource instants) {
        this.instants = instants;
    }

    @Override
    public Handler<ByteBuf> open(Session<ByteBuf> session) {
        return new AnswerOnce(
                session, () -> Unpooled.copyInt((int) (instants.instant().getEpochSecond() + UNIX_EPOCH)));
    }
}
