package dev.ft900.board.cli;

import java.nio.charset.StandardCharsets;
import java.util.function.IntConsumer;

/** Waits for a text in a stream of bytes. For one thread. */
final class TextWatch implements IntConsumer {
    private final byte[] text;
    private final byte[] last;
    private final Runnable whenSeen;
    private int count;
    private boolean seen;

    /** @param text not empty */
    TextWatch(String text, Runnable whenSeen) {
        this.text = text.getBytes(StandardCharsets.UTF_8);
        last = new byte[this.text.length];
        this.whenSeen = whenSeen;
    }

    @Override
    public void accept(int character) {
        last[count++ % last.length] = (byte) character;
        if (!seen && count >= last.length && matches()) {
            seen = true;
            whenSeen.run();
        }
    }

    boolean seen() {
        return seen;
    }

    private boolean matches() {
        for (int i = 0; i < text.length; i++) {
            if (last[(count + i) % last.length] != text[i]) {
                return false;
            }
        }
        return true;
    }
}
