package dev.ft900.protocol.provisioning;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The 128-bit number that tells one board from another. The chip has none of its own; the first station that seeds a board gives
 * it one, which it keeps in flash for ever.
 */
public final class Uid {
    /** Length in bytes. */
    public static final int BYTES = 16;

    /** What {@link #from} takes. */
    public static final String RULE = "32 hexadecimal digits";

    private static final Pattern TEXT = Pattern.compile("[0-9a-fA-F]{32}");

    /** What a board says that has none yet. */
    public static final Uid NONE = new Uid(new byte[BYTES]);

    private final byte[] bytes;

    /** @param bytes 16 bytes */
    public Uid(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a UID has " + BYTES + " bytes; got " + bytes.length);
        }
        this.bytes = bytes.clone();
    }

    /** @return empty when the text is not {@link #RULE} */
    public static Optional<Uid> from(String text) {
        return TEXT.matcher(text).matches() ? Optional.of(new Uid(HexFormat.of().parseHex(text))) : Optional.empty();
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public boolean isNone() {
        return equals(NONE);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Uid uid && Arrays.equals(bytes, uid.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** 32 lower-case hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
