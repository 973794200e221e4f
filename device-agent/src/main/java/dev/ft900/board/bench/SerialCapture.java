package dev.ft900.board.bench;

import dev.ft900.board.peripheral.uart.SerialPeer;

/** Keeps what a board prints, as Latin-1 text: the last {@value #LIMIT} characters. */
public final class SerialCapture implements SerialPeer {
    /** How much is kept at least. */
    public static final int LIMIT = 1 << 20;

    private final StringBuilder text = new StringBuilder();

    @Override
    public void transmitted(int character) {
        if (text.length() >= 2 * LIMIT) {
            text.delete(0, LIMIT);
        }
        text.append((char) (character & 0xFF));
    }

    /** What was printed so far. */
    public String text() {
        return text.toString();
    }

    /** Whether a text was printed. */
    public boolean contains(String wanted) {
        return text.indexOf(wanted) >= 0;
    }

    /** Forgets what was printed so far. */
    public void clear() {
        text.setLength(0);
    }
}
