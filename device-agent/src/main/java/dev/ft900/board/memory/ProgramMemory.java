package dev.ft900.board.memory;

import dev.ft900.board.state.StateReader;
import dev.ft900.board.state.StateWriter;
import dev.ft900.board.state.Stateful;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Program memory, 256 KB: the shadow of the flash from which instructions are fetched (hardware sheet 2.3). Whoever keeps something
 * that was derived from its content listens for changes.
 */
public final class ProgramMemory implements Stateful {
    /** In bytes. */
    public static final int SIZE = 0x40000;

    /** In words of 32 bits. */
    public static final int WORDS = SIZE / 4;

    /** Told what has changed. */
    @FunctionalInterface
    public interface Listener {
        /**
         * @param address of the first changed byte, a multiple of 4
         * @param length in bytes, a multiple of 4
         */
        void changed(int address, int length);
    }

    private final int[] words = new int[WORDS];
    private final List<Listener> listeners = new ArrayList<>();

    public void onChange(Listener listener) {
        listeners.add(listener);
    }

    /** The store itself, word n being at byte address 4 n, for those who fetch much. Never to be written. */
    public int[] words() {
        return words;
    }

    /** @param address bits above 17 and below 2 are ignored */
    public int word(int address) {
        return words[(address >> 2) & (WORDS - 1)];
    }

    /** @param address bits above 17 and below 2 are ignored */
    public void store(int address, int word) {
        int index = (address >> 2) & (WORDS - 1);
        if (words[index] != word) {
            words[index] = word;
            listeners.forEach(listener -> listener.changed(4 * index, 4));
        }
    }

    /**
     * Stores many bytes.
     *
     * @param address a multiple of 4
     * @param bytes a multiple of 4, ending within the memory
     */
    public void load(int address, byte[] bytes) {
        if (address % 4 != 0 || bytes.length % 4 != 0 || address < 0 || address + bytes.length > SIZE) {
            throw new IllegalArgumentException(
                    "expected whole words inside program memory; got " + bytes.length + " bytes at " + address);
        }
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(words, address / 4, bytes.length / 4);
        listeners.forEach(listener -> listener.changed(address, bytes.length));
    }

    /** A copy of {@code length} bytes from {@code address} on; both are multiples of 4. */
    public byte[] read(int address, int length) {
        var bytes = new byte[length];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().put(words, address / 4, length / 4);
        return bytes;
    }

    @Override
    public void save(StateWriter out) {
        out.putBytes(read(0, SIZE));
    }

    @Override
    public void restore(StateReader in) {
        var bytes = new byte[SIZE];
        in.getBytes(bytes);
        load(0, bytes);
    }
}
