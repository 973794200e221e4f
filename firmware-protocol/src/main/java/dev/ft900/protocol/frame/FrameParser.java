package dev.ft900.protocol.frame;

import dev.ft900.protocol.wire.ByteReader.MalformedException;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Tells frames and console text apart in the bytes of a serial line, in whatever pieces they come. Bad bytes are an outcome,
 * not an exception, and the parser always finds its way back at the next start mark. Holds at most one frame. For one thread.
 *
 * <pre>
 *            START                    ESCAPE
 *   text ────────────► frame ◄──────────────────► escaped
 *     ▲                  │ END: Parsed or Malformed
 *     └──────────────────┘ too long: Malformed;  START inside: Malformed, and a new frame begins
 * </pre>
 */
public final class FrameParser {
    private enum State {
        TEXT,
        FRAME,
        ESCAPED
    }

    /** What came out of the line. */
    public sealed interface Item {
        /** A whole frame with a good checksum. */
        record Parsed(Frame frame) implements Item {}

        /** Bytes between frames: console text. At most what one call of {@link #accept} brought in. */
        record Text(byte[] bytes) implements Item {
            public Text {
                bytes = bytes.clone();
            }

            @Override
            public byte[] bytes() {
                return bytes.clone();
            }
        }

        /** A start mark that led to no frame. */
        record Malformed(Defect defect) implements Item {}
    }

    /** Why a start mark led to no frame. */
    public enum Defect {
        /** Another start mark came before the end mark: bytes were lost. */
        CUT_SHORT,
        /** More bytes than the longest frame. */
        TOO_LONG,
        /** Too short, or the checksum does not fit. */
        BAD_CONTENT,
        /** An escape before something that needs none. */
        BAD_ESCAPE
    }

    private final Consumer<Item> out;
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private final byte[] plain = new byte[Frame.MAX_PLAIN_BYTES];
    private int length;
    private State state = State.TEXT;

    /** @param out gets every item, on the thread that calls {@link #accept} */
    public FrameParser(Consumer<Item> out) {
        this.out = out;
    }

    /** Takes the next {@code length} bytes of the line. */
    public void accept(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            accept(bytes[i] & 0xFF);
        }
        flushText();
    }

    /** Takes the next bytes of the line. */
    public void accept(byte[] bytes) {
        accept(bytes, 0, bytes.length);
    }

    private void accept(int b) {
        if (b == SerialFraming.START) {
            if (state != State.TEXT) {
                out.accept(new Item.Malformed(Defect.CUT_SHORT));
            }
            flushText();
            state = State.FRAME;
            length = 0;
        } else if (state == State.TEXT) {
            text.write(b);
        } else if (b == SerialFraming.END) {
            end();
        } else if (b == SerialFraming.ESCAPE) {
            if (state == State.ESCAPED) {
                giveUp(Defect.BAD_ESCAPE);
            } else {
                state = State.ESCAPED;
            }
        } else if (state == State.ESCAPED) {
            if (SerialFraming.isSpecial(b ^ SerialFraming.FLIP)) {
                state = State.FRAME;
                append(b ^ SerialFraming.FLIP);
            } else {
                giveUp(Defect.BAD_ESCAPE);
            }
        } else {
            append(b);
        }
    }

    private void append(int b) {
        if (length == plain.length) {
            giveUp(Defect.TOO_LONG);
        } else {
            plain[length++] = (byte) b;
        }
    }

    private void end() {
        if (state == State.ESCAPED) {
            giveUp(Defect.BAD_ESCAPE);
            return;
        }
        state = State.TEXT;
        try {
            out.accept(new Item.Parsed(Frame.fromPlain(Arrays.copyOf(plain, length))));
        } catch (MalformedException e) {
            out.accept(new Item.Malformed(Defect.BAD_CONTENT));
        }
    }

    private void giveUp(Defect defect) {
        state = State.TEXT;
        out.accept(new Item.Malformed(defect));
    }

    private void flushText() {
        if (text.size() > 0) {
            out.accept(new Item.Text(text.toByteArray()));
            text.reset();
        }
    }
}
