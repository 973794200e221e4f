package dev.ft900.agent.identity;

import dev.ft900.agent.flash.Flash;
import dev.ft900.protocol.message.Presence.FallBack;
import dev.ft900.protocol.provisioning.Digest;
import dev.ft900.protocol.provisioning.Transfer;
import dev.ft900.protocol.provisioning.Uid;
import dev.ft900.protocol.slot.SlotCodec;
import dev.ft900.protocol.slot.SlotRecord;
import dev.ft900.protocol.wire.ByteReader;
import dev.ft900.protocol.wire.ByteReader.MalformedException;
import dev.ft900.protocol.wire.ByteWriter;
import dev.ft900.protocol.wire.Crc32;
import java.util.Arrays;
import java.util.Optional;

/**
 * One of the two places for a slot record in flash.
 *
 * <pre>
 *   0x0000  header   UID, generation, length, hash of the record that is being or was written; CRC
 *   0x0100  cells    0x00 one bit per 32 bytes written; 0x20 committed; 0x21..0x23 failed tries; 0x24 confirmed; 0x25 given up
 *   0x0200  key      length, private key (PKCS#8), CRC; only if the board made the key itself
 *   0x0800  record
 * </pre>
 *
 * <p>A cell is one byte that goes from ones to its value once, so each step of a slot's life is one indivisible write.
 */
final class Slot {
    private static final int MAGIC = 0x544C5346;
    private static final int HEADER_BYTES = 4 + Uid.BYTES + 4 + 2 + Digest.BYTES + 4;
    private static final int CELLS = 0x100;
    private static final int CELL_COMMITTED = CELLS + 0x20;
    private static final int CELL_FAILURES = CELLS + 0x21;
    private static final int CELL_CONFIRMED = CELLS + 0x24;
    private static final int CELL_GIVEN_UP = CELLS + 0x25;
    private static final int KEY = 0x200;
    private static final int RECORD = 0x800;
    private static final byte BLANK = (byte) 0xFF;
    private static final byte SET = 0;

    /** After so many failed tries a slot on trial is given up. */
    static final int MAX_FAILURES = 3;

    private final Flash flash;
    private final int base;

    /** What is being, or was, written here. */
    record Header(Uid uid, long generation, int length, Digest hash) {}

    Slot(Flash flash, int base) {
        this.flash = flash;
        this.base = base;
    }

    Optional<Header> header() {
        var bytes = flash.read(base, HEADER_BYTES);
        try {
            var in = new ByteReader(bytes);
            if (in.i32() != MAGIC
                    || Crc32.of(bytes, 0, HEADER_BYTES - 4) != new ByteReader(bytes, HEADER_BYTES - 4, 4).i32()) {
                return Optional.empty();
            }
            return Optional.of(
                    new Header(new Uid(in.bytes(Uid.BYTES)), in.u32(), in.u16(), new Digest(in.bytes(Digest.BYTES))));
        } catch (MalformedException e) {
            throw new IllegalStateException("a header is read in full", e);
        }
    }

    /** Erases the slot and makes it ready for this record. */
    void begin(Header header) {
        erase();
        var out = new ByteWriter()
                .i32(MAGIC)
                .bytes(header.uid().bytes())
                .u32(header.generation())
                .u16(header.length())
                .bytes(header.hash().bytes());
        flash.programPage(base, out.i32(Crc32.of(out.toBytes())).toBytes());
    }

    void erase() {
        flash.erase(base, FlashMap.SLOT_BYTES);
    }

    /** Writes a piece and then marks its units as there. */
    void write(int offset, byte[] data) {
        flash.program(base + RECORD + offset, data);
        var map = flash.read(base + CELLS, SlotRecord.MAX_BYTES / Transfer.UNIT / 8);
        for (int unit = offset / Transfer.UNIT; unit * Transfer.UNIT < offset + data.length; unit++) {
            map[unit / 8] &= (byte) ~(1 << unit % 8);
        }
        flash.programPage(base + CELLS, map);
    }

    /** How many bytes from the start are there without a gap. */
    int written(int length) {
        var map = flash.read(base + CELLS, SlotRecord.MAX_BYTES / Transfer.UNIT / 8);
        int unit = 0;
        while (unit * Transfer.UNIT < length && (map[unit / 8] >> unit % 8 & 1) == 0) {
            unit++;
        }
        return Math.min(length, unit * Transfer.UNIT);
    }

    /** Whether every byte of a piece can still become what {@code data} says: not yet written, or written the same. */
    boolean takes(int offset, byte[] data) {
        var there = flash.read(base + RECORD + offset, data.length);
        for (int i = 0; i < data.length; i++) {
            if ((there[i] & data[i]) != data[i]) {
                return false;
            }
        }
        return true;
    }

    byte[] bytes(int length) {
        return flash.read(base + RECORD, length);
    }

    void storeKey(byte[] privateKey) {
        var out = new ByteWriter().u16(privateKey.length).bytes(privateKey);
        flash.program(base + KEY, out.i32(Crc32.of(out.toBytes())).toBytes());
    }

    /** The private key that the board made for this slot. */
    Optional<byte[]> key() {
        try {
            int length = new ByteReader(flash.read(base + KEY, 2)).u16();
            if (length > RECORD - KEY - 6) {
                return Optional.empty();
            }
            var bytes = flash.read(base + KEY, 2 + length + 4);
            return new ByteReader(bytes, 2 + length, 4).i32() == Crc32.of(bytes, 0, 2 + length)
                    ? Optional.of(Arrays.copyOfRange(bytes, 2, 2 + length))
                    : Optional.empty();
        } catch (MalformedException e) {
            throw new IllegalStateException("a key is read in full", e);
        }
    }

    /** Makes the slot count from the next boot on. */
    void commit() {
        setCell(CELL_COMMITTED, SET);
    }

    boolean isCommitted() {
        return cell(CELL_COMMITTED) != BLANK;
    }

    /** Whether a CONNACK was ever got with this slot. */
    boolean isConfirmed() {
        return cell(CELL_CONFIRMED) != BLANK;
    }

    void confirm() {
        setCell(CELL_CONFIRMED, SET);
    }

    /** Notes one more failed try; true when there were enough of them. */
    boolean fail() {
        for (int i = 0; i < MAX_FAILURES; i++) {
            if (cell(CELL_FAILURES + i) == BLANK) {
                setCell(CELL_FAILURES + i, SET);
                return i == MAX_FAILURES - 1;
            }
        }
        return true;
    }

    void giveUp(FallBack why) {
        setCell(CELL_GIVEN_UP, (byte) why.ordinal());
    }

    /** Why the slot was given up, if it was. */
    Optional<FallBack> givenUp() {
        int why = cell(CELL_GIVEN_UP);
        return why >= 0 && why < FallBack.values().length ? Optional.of(FallBack.values()[why]) : Optional.empty();
    }

    /** The record, if a whole, committed, readable one is here. */
    Optional<SlotRecord> record() {
        return header().filter(header -> isCommitted()).flatMap(header -> {
            var bytes = bytes(header.length());
            if (!Digest.of(bytes).equals(header.hash())) {
                return Optional.empty();
            }
            try {
                return Optional.of(SlotCodec.decode(bytes));
            } catch (MalformedException e) {
                return Optional.empty();
            }
        });
    }

    private byte cell(int cell) {
        return flash.read(base + cell, 1)[0];
    }

    private void setCell(int cell, byte value) {
        flash.programPage(base + cell, new byte[] {value});
    }
}
