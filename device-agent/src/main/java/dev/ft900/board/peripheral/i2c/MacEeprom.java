package dev.ft900.board.peripheral.i2c;

import dev.ft900.board.state.StateReader;
import dev.ft900.board.state.StateWriter;
import java.util.Arrays;

/**
 * An EEPROM of 256 bytes with a MAC address, of the kind 24AA02E48, as on the vendor's boards: 7-bit address 0x50, the MAC address at
 * 0xFA (sheet 5). The upper half is write-protected. A write takes no time, and pages of 8 bytes do not wrap.
 */
public final class MacEeprom implements I2cDevice {
    private static final int ADDRESS = 0x50;
    private static final int MAC_AT = 0xFA;
    private static final int MAC_BYTES = 6;
    private static final int PROTECTED_FROM = 0x80;

    private final byte[] content = new byte[256];
    private int pointer;
    private boolean pointerNext;

    /**
     * Makes one, erased but for the address.
     *
     * @param mac 6 bytes
     */
    public MacEeprom(byte[] mac) {
        if (mac.length != MAC_BYTES) {
            throw new IllegalArgumentException("expected a MAC address of 6 bytes; got " + mac.length);
        }
        Arrays.fill(content, (byte) 0xFF);
        System.arraycopy(mac, 0, content, MAC_AT, MAC_BYTES);
    }

    @Override
    public int address() {
        return ADDRESS;
    }

    @Override
    public void start(boolean reading) {
        pointerNext = !reading;
    }

    @Override
    public boolean write(int value) {
        if (pointerNext) {
            pointer = value & 0xFF;
            pointerNext = false;
        } else {
            if (pointer < PROTECTED_FROM) {
                content[pointer] = (byte) value;
            }
            advance();
        }
        return true;
    }

    @Override
    public int read() {
        int value = content[pointer] & 0xFF;
        advance();
        return value;
    }

    private void advance() {
        pointer = pointer + 1 & 0xFF;
    }

    @Override
    public void stop() {
        pointerNext = false;
    }

    @Override
    public void save(StateWriter out) {
        out.putBytes(content);
        out.putInt(pointer);
        out.putBoolean(pointerNext);
    }

    @Override
    public void restore(StateReader in) {
        in.getBytes(content);
        pointer = in.getInt(0, 0xFF);
        pointerNext = in.getBoolean();
    }
}
