package dev.ft900.protocol.message;

/** Text that needs no escape in JSON and one byte per character: what a board can send without work. */
final class PrintableAscii {
    private PrintableAscii() {}

    static boolean is(String text) {
        return text.chars().allMatch(PrintableAscii::isPlain);
    }

    /** The text with other characters shown as {@code ?} (quotes as {@code '}), cut to a length. */
    static String cut(String text, int longest) {
        var plain = new StringBuilder(text.length());
        text.chars().limit(longest).forEach(c -> plain.append(isPlain(c) ? (char) c : c == '"' ? '\'' : '?'));
        return plain.toString();
    }

    private static boolean isPlain(int c) {
        return c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
    }
}
