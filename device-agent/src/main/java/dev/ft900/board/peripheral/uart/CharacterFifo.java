package dev.ft900.board.peripheral.uart;

import dev.ft900.board.state.StateReader;
import dev.ft900.board.state.StateWriter;
import dev.ft900.board.state.Stateful;

/** Up to 128 characters in order. Whoever puts one in looks for room first. */
final class CharacterFifo implements Stateful {
    static final int CAPACITY = 128;

    private final int[] ring = new int[CAPACITY];
    private int first;
    private int size;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** The oldest; 0 when empty. */
    int peek() {
        return size == 0 ? 0 : ring[first];
    }

    void add(int character) {
        if (size == CAPACITY) {
            throw new IllegalStateException("no room in the FIFO");
        }
        ring[(first + size++) % CAPACITY] = character;
    }

    /** Takes the oldest; 0 when empty. */
    int remove() {
        int oldest = peek();
        if (size > 0) {
            first = (first + 1) % CAPACITY;
            size--;
        }
        return oldest;
    }

    void clear() {
        first = 0;
        size = 0;
    }

    @Override
    public void save(StateWriter out) {
        out.putInt(size);
        for (int i = 0; i < size; i++) {
            out.putInt(ring[(first + i) % CAPACITY]);
        }
    }

    @Override
    public void restore(StateReader in) {
        clear();
        int count = in.getInt(0, CAPACITY);
        for (int i = 0; i < count; i++) {
            add(in.getInt());
        }
    }
}
