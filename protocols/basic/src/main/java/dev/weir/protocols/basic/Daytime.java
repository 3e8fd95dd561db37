package dev.weir.protocols.basic;

import dev.weir.protocol.Handler;
import dev.weir.protocol.Session;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Sends the date and time in UTC as one line and closes (RFC 867, which leaves the form to the server). */
public final class Daytime implements BytesProtocol {

    /** How the line looks. */
    public enum Form {
        /** The first that the RFC names: {@code Saturday, November 21, 2026 10:11:06-UTC}. */
        WEEKDAY("EEEE, MMMM d, uuuu HH:mm:ss-'UTC'"),
        /** As ISO 8601 and RFC 3339 have it, for programs: {@code 2026-11-21T10:11:06Z}. */
        ISO("uuuu-MM-dd'T'HH:mm:ss'Z'");

        private final DateTimeFormatter line;

        Form(String pattern) {
            line = DateTimeFormatter.ofPattern(pattern + "\r\n", Locale.ENGLISH);
        }
    }

    private final Form form;
    private final InstantSource instants;

    /**
     * @param form how the line looks
     * @param instants the time of day
     */
    public Daytime(Form form, InstantSource instants) {
        this.form = form;
        this.instants = instants;
    }

    @Override
    public Handler<ByteBuf> open(Session<ByteBuf> session) {
        return new AnswerOnce(session, () -> {
            String line = form.line.format(instants.instant().atOffset(ZoneOffset.UTC));
            return Unpooled.copiedBuffer(line, StandardCharsets.US_ASCII);
        });
    }
}
