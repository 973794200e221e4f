package dev.ft900.protocol.frame;

import java.io.ByteArrayOutputStream;

/**
 * The marks around a frame on a serial line, after the byte stuffing of RFC 1662: {@code START, stuffed plain form, END}.
 *
 * <p>The three special bytes never occur in UTF-8 text, let alone in ASCII, so console text can never start a frame; and they
 * occur inside a frame only in stuffed form, so the next {@code START} always begins one, whatever was lost before.
 */
public final class SerialFraming {
    /** Begins a frame. */
    public static final int START = 0xFD;

    /** Ends a frame. */
    public static final int END = 0xFE;

    /** The next byte is a special byte with bit 5 turned over. */
    public static final int ESCAPE = 0xFC;

    /** What an escaped byte is combined with by exclusive or. */
    public static final int FLIP = 0x20;

    /** The longest frame on the line, in bytes: every byte of the plain form escaped. */
    public static final int MAX_LINE_BYTES = 2 + 2 * Frame.MAX_PLAIN_BYTES;

    private SerialFraming() {}

    /** The bytes to send for a frame. */
    public static byte[] encode(Frame frame) {
        var out = new ByteArrayOutputStream(Frame.MAX_PLAIN_BYTES + 16);
        out.write(START);
        for (byte b : frame.toPlain()) {
            if (isSpecial(b & 0xFF)) {
                out.write(ESCAPE);
                out.write(b ^ FLIP);
            } else {
                out.write(b);
            }
        }
        out.write(END);
        return out.toByteArray();
    }

    static boolean isSpecial(int b) {
        return b == START || b == END || b == ESCAPE;
    }
}
