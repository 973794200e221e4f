package dev.ft900.board.peripheral.flash;

/**
 * The CRC-16 that the boot logic computes over the flash (sheet 2.3; 6, question 35): x^16 + x^15 + x^2 + 1, least significant bit first,
 * start 0xFFFF, complemented, bits reversed. {@code 123456789} gives 0x132D.
 */
final class BootCrc {
    private static final int POLYNOMIAL = 0xA001;
    private static final int[] TABLE = new int[256];

    static {
        for (int value = 0; value < TABLE.length; value++) {
            int crc = value;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc >>> 1 ^ ((crc & 1) != 0 ? POLYNOMIAL : 0);
            }
            TABLE[value] = crc;
        }
    }

    private BootCrc() {}

    static int of(byte[] bytes) {
        int crc = 0xFFFF;
        for (byte next : bytes) {
            crc = crc >>> 8 ^ TABLE[(crc ^ next) & 0xFF];
        }
        return Integer.reverse(~crc & 0xFFFF) >>> 16;
    }
}
