package dev.weir.benchmarks;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * What one connection says, and what it must hear: some batches of requests, over and over. But for HTTP the bytes differ from request
 * to request and from connection to connection, so that a reply which is another's is found out. Made before anything is measured.
 */
final class Script {
    private static final int BATCHES = 16;
    private static final String LINE_CHARACTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .";

    private final ByteBuffer[] requests = new ByteBuffer[BATCHES];
    private final ByteBuffer[] replies = new ByteBuffer[BATCHES];

    /**
     * The script of a connection.
     *
     * @param connection its number; the same number has the same script
     * @param httpAnswer what the server answers over HTTP; of no matter to other workloads
     */
    Script(Workload workload, int connection, byte[] httpAnswer) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(connection);
        for (int batch = 0; batch < BATCHES; batch++) {
            ByteArrayOutputStream asked = new ByteArrayOutputStream();
            ByteArrayOutputStream answered = new ByteArrayOutputStream();
            for (int i = 0; i < workload.pipelined(); i++) {
                byte[] payload = payload(workload, random);
                asked.writeBytes(request(workload.wire(), payload));
                answered.writeBytes(workload.wire() == Wire.HTTP ? httpAnswer : reply(workload.wire(), payload));
            }
            requests[batch] = direct(asked.toByteArray());
            replies[batch] = direct(answered.toByteArray());
        }
    }

    /** The bytes to send as batch number {@code batch} from 0: a buffer to read, the same one each time, set to its start. */
    ByteBuffer request(long batch) {
        return requests[(int) (batch % BATCHES)].rewind();
    }

    /** The bytes to hear as the answer to it; as {@link #request}. */
    ByteBuffer reply(long batch) {
        return replies[(int) (batch % BATCHES)].rewind();
    }

    private static byte[] payload(Workload workload, RandomGenerator random) {
        byte[] payload = new byte[workload.payloadBytes()];
        random.nextBytes(payload);
        if (workload.wire() == Wire.LINE) {
            for (int i = 0; i < payload.length; i++) {
                payload[i] = (byte) LINE_CHARACTERS.charAt(payload[i] & 0x3f);
            }
        }
        return payload;
    }

    private static byte[] request(Wire wire, byte[] payload) {
        return switch (wire) {
            case ECHO -> payload;
            case LINE -> with(new byte[0], payload, "\n".getBytes(StandardCharsets.US_ASCII));
            case LENGTH ->
                with(ByteBuffer.allocate(Integer.BYTES).putInt(payload.length).array(), payload, new byte[0]);
            case HTTP -> HttpAnswer.REQUEST.getBytes(StandardCharsets.US_ASCII);
        };
    }

    private static byte[] reply(Wire wire, byte[] payload) {
        return wire == Wire.LINE
                ? with(new byte[0], payload, "\r\n".getBytes(StandardCharsets.US_ASCII))
                : request(wire, payload);
    }

    private static byte[] with(byte[] before, byte[] payload, byte[] after) {
        return ByteBuffer.allocate(before.length + payload.length + after.length)
                .put(before)
                .put(payload)
                .put(after)
                .array();
    }

    private static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }
}
