package dev.ft900.protocol.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads little-endian fields out of a block of bytes, each with its length checked. For one thread. */
public final class ByteReader {
    private final byte[] bytes;
    private final int end;
    private int position;

    /** Reads all of {@code bytes}, which must not change meanwhile. */
    public ByteReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    /** Reads {@code length} bytes from {@code offset} on. */
    public ByteReader(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.position = offset;
        this.end = offset + length;
    }

    /** The block ended before the field did, or held something that its rule forbids. */
    public static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1L;

        public MalformedException(String words) {
            super(words, null, false, false);
        }
    }

    public int remaining() {
        return end - position;
    }

    /** 0 to 255. */
    public int u8() throws MalformedException {
        return bytes[take(1)] & 0xFF;
    }

    /** 0 to 65535. */
    public int u16() throws MalformedException {
        int at = take(2);
        return bytes[at] & 0xFF | (bytes[at + 1] & 0xFF) << 8;
    }

    /** 0 to 4294967295. */
    public long u32() throws MalformedException {
        return i32() & 0xFFFF_FFFFL;
    }

    /** 32 bits that are no quantity. */
    public int i32() throws MalformedException {
        int at = take(4);
        return bytes[at] & 0xFF
                | (bytes[at + 1] & 0xFF) << 8
                | (bytes[at + 2] & 0xFF) << 16
                | (bytes[at + 3] & 0xFF) << 24;
    }

    /** 0 to 2^48 - 1, the first byte being the highest: an Ethernet address as on the wire. */
    public long mac48() throws MalformedException {
        int at = take(6);
        long value = 0;
        for (int i = 0; i < 6; i++) {
            value = value << 8 | bytes[at + i] & 0xFF;
        }
        return value;
    }

    /** A copy of the next {@code length} bytes. */
    public byte[] bytes(int length) throws MalformedException {
        int at = take(length);
        return Arrays.copyOfRange(bytes, at, at + length);
    }

    /** A copy of all that is left. */
    public byte[] rest() {
        var rest = Arrays.copyOfRange(bytes, position, end);
        position = end;
        return rest;
    }

    /** A string of printable ASCII behind one byte that tells its length. */
    public String text8() throws MalformedException {
        return ascii(bytes(u8()));
    }

    /** The bytes as printable ASCII. */
    public static String ascii(byte[] bytes) throws MalformedException {
        for (byte b : bytes) {
            if (b < 0x20 || b > 0x7E) {
                throw new MalformedException(
                        "a text field holds printable ASCII; got byte 0x" + Integer.toHexString(b & 0xFF));
            }
        }
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    /** Makes sure that nothing is left. */
    public void end() throws MalformedException {
        if (remaining() != 0) {
            throw new MalformedException("expected the end; " + remaining() + " bytes are left");
        }
    }

    private int take(int length) throws MalformedException {
        if (length > remaining()) {
            throw new MalformedException("expected " + length + " more bytes; " + remaining() + " are left");
        }
        int at = position;
        position += length;
        return at;
    }
}
