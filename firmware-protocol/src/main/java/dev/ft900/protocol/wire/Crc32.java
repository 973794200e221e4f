package dev.ft900.protocol.wire;

/** CRC-32 as in IEEE 802.3 (polynomial 0x04C11DB7 reflected, start and final XOR all ones): "123456789" gives 0xCBF43926. */
public final class Crc32 {
    private Crc32() {}

    /** The checksum of {@code length} bytes from {@code offset} on. */
    public static int of(byte[] bytes, int offset, int length) {
        var crc = new java.util.zip.CRC32();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    public static int of(byte[] bytes) {
        return of(bytes, 0, bytes.length);
    }
}
