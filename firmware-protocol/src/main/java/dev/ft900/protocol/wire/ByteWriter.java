package dev.ft900.protocol.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes little-endian fields one after another. Values outside a field's range are a bug of the caller. */
public final class ByteWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public ByteWriter u8(int value) {
        return number(value, 1);
    }

    public ByteWriter u16(int value) {
        return number(value, 2);
    }

    public ByteWriter u32(long value) {
        return number(value, 4);
    }

    /** 32 bits that are no quantity. */
    public ByteWriter i32(int bits) {
        return number(bits & 0xFFFF_FFFFL, 4);
    }

    /** 48 bits, the highest byte first. */
    public ByteWriter mac48(long value) {
        for (int shift = 40; shift >= 0; shift -= 8) {
            out.write((int) (value >> shift));
        }
        return this;
    }

    public ByteWriter bytes(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /** At most 255 characters of ASCII behind one byte that tells their number. */
    public ByteWriter text8(String text) {
        var bytes = text.getBytes(StandardCharsets.US_ASCII);
        return u8(bytes.length).bytes(bytes);
    }

    public int size() {
        return out.size();
    }

    public byte[] toBytes() {
        return out.toByteArray();
    }

    private ByteWriter number(long value, int size) {
        if (value < 0 || value >>> 8 * size != 0) {
            throw new IllegalArgumentException(value + " does not fit " + size + " unsigned bytes");
        }
        for (int i = 0; i < size; i++) {
            out.write((int) (value >>> 8 * i));
        }
        return this;
    }
}
