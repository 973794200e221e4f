package dev.ft900.board.memory;

import dev.ft900.board.bus.AccessWidth;
import dev.ft900.board.state.StateReader;
import dev.ft900.board.state.StateWriter;
import dev.ft900.board.state.Stateful;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Data RAM, 64 KB, little endian. Addresses are 0 to 0xFFFF and aligned to their width. */
public final class Ram implements Stateful {
    /** In bytes. */
    public static final int SIZE = 0x10000;

    private static final VarHandle HALF = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes = new byte[SIZE];

    /** The store itself, for those who read and write much of it. */
    public byte[] bytes() {
        return bytes;
    }

    /** @return the value, zero-extended */
    public int load(int address, AccessWidth width) {
        return switch (width) {
            case BYTE -> bytes[address] & 0xFF;
            case HALF -> (short) HALF.get(bytes, address) & 0xFFFF;
            case WORD -> (int) WORD.get(bytes, address);
        };
    }

    public void store(int address, AccessWidth width, int value) {
        switch (width) {
            case BYTE -> bytes[address] = (byte) value;
            case HALF -> HALF.set(bytes, address, (short) value);
            case WORD -> WORD.set(bytes, address, value);
        }
    }

    /** All zero, as at power-on. */
    public void clear() {
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public void save(StateWriter out) {
        out.putBytes(bytes);
    }

    @Override
    public void restore(StateReader in) {
        in.getBytes(bytes);
    }
}
