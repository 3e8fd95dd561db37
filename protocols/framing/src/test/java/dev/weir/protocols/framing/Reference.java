package dev.weir.protocols.framing;

import dev.weir.protocols.framing.LengthHeaderCodecProperties.Shape;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a stream of frames with a length header means, worked out the slow way from the whole stream at once.
 *
 * @param messages the messages before the end
 * @param refused whether the end is a violation
 */
record Reference(List<String> messages, boolean refused) {

    static Reference of(Shape shape, boolean strip, byte[] stream, int maxFrame) {
        List<String> messages = new ArrayList<>();
        byte[] rest = stream;
        while (rest.length > 0) {
            int width = width(shape, rest);
            int header = shape.offset() + width;
            if ((width > 5 && shape.lengthBytes().equals("varint")) || header > rest.length) {
                return new Reference(messages, true);
            }
            BigInteger frame = length(shape, Arrays.copyOfRange(rest, shape.offset(), header))
                    .add(BigInteger.valueOf(shape.includes() ? 0 : header));
            boolean bad = frame.compareTo(BigInteger.valueOf(Math.min(maxFrame, rest.length))) > 0
                    || frame.intValue() < header;
            if (bad) {
                return new Reference(messages, true);
            }
            messages.add(Framing.text(Arrays.copyOfRange(rest, strip ? header : 0, frame.intValue())));
            rest = Arrays.copyOfRange(rest, frame.intValue(), rest.length);
        }
        return new Reference(messages, false);
    }

    private static int width(Shape shape, byte[] frame) {
        if (!shape.lengthBytes().equals("varint")) {
            return Integer.parseInt(shape.lengthBytes());
        }
        int at = shape.offset();
        while (at < frame.length && frame[at] < 0) {
            at++;
        }
        return at + 1 - shape.offset();
    }

    private static BigInteger length(Shape shape, byte[] field) {
        boolean varint = shape.lengthBytes().equals("varint");
        boolean bigFirst = !varint && shape.endian().equals("big");
        BigInteger length = BigInteger.ZERO;
        for (int i = 0; i < field.length; i++) {
            int next = field[bigFirst ? i : field.length - 1 - i] & (varint ? 0x7F : 0xFF);
            length = length.shiftLeft(varint ? 7 : 8).add(BigInteger.valueOf(next));
        }
        return length;
    }
}
