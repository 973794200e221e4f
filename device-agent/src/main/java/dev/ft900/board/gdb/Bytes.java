package dev.ft900.board.gdb;

/** Numbers as the protocol writes them. Everything that is not one is an {@link IllegalArgumentException}. */
final class Bytes {
    /** {@code address,length}, both hexadecimal. */
    record Range(long address, int length) {}

    private Bytes() {}

    static Range range(String text) {
        int comma = text.indexOf(',');
        if (comma < 0) {
            throw new IllegalArgumentException("expected address,length; got " + text);
        }
        long address = Long.parseLong(text.substring(0, comma), 16);
        int length = Integer.parseInt(text.substring(comma + 1), 16);
        if (length < 0) {
            throw new IllegalArgumentException("expected a length; got " + text);
        }
        return new Range(address, length);
    }

    /** Two digits. */
    static String hex(int value) {
        return String.format("%02x", value & 0xFF);
    }

    static String littleEndian(int value) {
        return String.format("%08x", Integer.reverseBytes(value));
    }

    static int littleEndian(String text) {
        if (text.length() < 8) {
            throw new IllegalArgumentException("expected eight digits; got " + text);
        }
        return Integer.reverseBytes(Integer.parseUnsignedInt(text.substring(0, 8), 16));
    }
}
