package dev.ft900.board.peripheral.stub;

import dev.ft900.board.bus.AccessWidth;
import dev.ft900.board.bus.IoDevice;
import dev.ft900.board.control.ResetCause;
import dev.ft900.board.peripheral.Peripheral;
import dev.ft900.board.register.RegisterBank;
import dev.ft900.board.state.StateReader;
import dev.ft900.board.state.StateWriter;
import java.util.Arrays;
import java.util.List;

/** The 8 KB of RAM that belong to the USB host: plain memory without registers. */
public final class UsbHostRam implements Peripheral, IoDevice {
    /** In bytes. */
    public static final int SIZE = 0x2000;

    private final byte[] bytes = new byte[SIZE];

    @Override
    public int load(int offset, AccessWidth width) {
        int value = 0;
        for (int i = 0; i < width.bytes(); i++) {
            value |= (bytes[offset + i] & 0xFF) << 8 * i;
        }
        return value;
    }

    @Override
    public void store(int offset, AccessWidth width, int value) {
        for (int i = 0; i < width.bytes(); i++) {
            bytes[offset + i] = (byte) (value >> 8 * i);
        }
    }

    @Override
    public IoDevice device() {
        return this;
    }

    @Override
    public List<RegisterBank> tables() {
        return List.of();
    }

    @Override
    public void reset(ResetCause cause) {
        if (cause == ResetCause.POWER_ON) {
            Arrays.fill(bytes, (byte) 0);
        }
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
