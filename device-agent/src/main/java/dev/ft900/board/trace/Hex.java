package dev.ft900.board.trace;

/** Numbers with leading zeros; much faster than a format string. */
final class Hex {
    private static final char[] DIGITS = "0123456789abcdef".toCharArray();

    private Hex() {}

    static String of(int value, int digits) {
        var text = new char[digits];
        for (int i = 0; i < digits; i++) {
            text[digits - 1 - i] = DIGITS[value >>> 4 * i & 15];
        }
        return new String(text);
    }
}
