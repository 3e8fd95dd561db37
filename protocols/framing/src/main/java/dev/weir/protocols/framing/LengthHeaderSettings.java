package dev.weir.protocols.framing;

import dev.weir.protocols.framing.FixedWidthLength.Endian;
import dev.weir.settings.ByteSize;
import dev.weir.settings.Settings;

/**
 * The shape of a frame: some bytes, the length, the payload.
 *
 * @param field how the length is written
 * @param offset bytes before the length
 * @param includesHeader whether the length counts the bytes before it and itself
 * @param stripsHeader whether messages are payloads alone
 * @param maxFrame the most bytes of a frame that comes in, its header counted
 */
record LengthHeaderSettings(LengthField field, int offset, boolean includesHeader, boolean stripsHeader, int maxFrame) {
    private static final int MOST_OFFSET = 1024;

    static LengthHeaderSettings from(Settings settings) {
        LengthField field = field(settings);
        int offset = settings.integer("offset", 0, MOST_OFFSET);
        ByteSize header = ByteSize.of(offset + field.widthFor(field.max()));
        int maxFrame = settings.size("max-frame", header, Limits.MOST_FRAME).toInt();
        return new LengthHeaderSettings(
                field, offset, settings.onOff("includes-header"), settings.onOff("strip-header"), maxFrame);
    }

    private static LengthField field(Settings settings) {
        String bytes = settings.string("length-bytes");
        Endian endian = settings.oneOf("endian", Endian.class);
        return switch (bytes) {
            case "1", "2", "3", "4", "8" -> new FixedWidthLength(Integer.parseInt(bytes), endian);
            case "varint" -> VarintLength.FORM;
            default -> {
                settings.fault("length-bytes", "is \"" + bytes + "\".", "Write 1, 2, 3, 4, 8 or varint.");
                yield new FixedWidthLength(4, endian);
            }
        };
    }
}
