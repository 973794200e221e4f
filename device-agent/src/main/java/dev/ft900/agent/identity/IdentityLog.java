package dev.ft900.agent.identity;

import dev.ft900.agent.flash.Flash;
import dev.ft900.protocol.provisioning.Uid;
import dev.ft900.protocol.wire.ByteReader;
import dev.ft900.protocol.wire.ByteReader.MalformedException;
import dev.ft900.protocol.wire.ByteWriter;
import dev.ft900.protocol.wire.Crc32;
import java.util.Optional;

/**
 * UID and random state, written anew at every boot. Entries go into one page after another; the one with the highest number and a
 * good checksum counts. A sector is erased only when the other holds newer entries, so that a power cut loses at most the entry
 * being written.
 */
final class IdentityLog {
    private static final int MAGIC = 0x44495446;
    private static final int STATE_BYTES = 32;
    private static final int PAGES_PER_SECTOR = Flash.SECTOR / Flash.PAGE;
    private static final int PAGES = FlashMap.IDENTITY_LOG_SECTORS * PAGES_PER_SECTOR;

    private final Flash flash;
    private int newestPage = -1;
    private Optional<Entry> newest = Optional.empty();

    /**
     * One entry.
     *
     * @param number counts up from 1
     * @param seeded whether a station's seed has gone into the state
     * @param state 32 secret bytes
     */
    record Entry(long number, Uid uid, boolean seeded, byte[] state) {}

    IdentityLog(Flash flash) {
        this.flash = flash;
        for (int page = 0; page < PAGES; page++) {
            var entry = read(page);
            if (entry.isPresent()
                    && entry.get().number() > newest.map(Entry::number).orElse(0L)) {
                newest = entry;
                newestPage = page;
            }
        }
    }

    Optional<Entry> newest() {
        return newest;
    }

    void append(Uid uid, boolean seeded, byte[] state) {
        var entry = new Entry(newest.map(Entry::number).orElse(0L) + 1, uid, seeded, state.clone());
        int page = newestPage + 1;
        while (page % PAGES_PER_SECTOR != 0 && !isBlank(page)) {
            // Neither blank nor an entry: the power went while it was written.
            page++;
        }
        page %= PAGES;
        if (page % PAGES_PER_SECTOR == 0) {
            flash.eraseSector(address(page));
        }
        flash.programPage(address(page), encode(entry));
        newest = Optional.of(entry);
        newestPage = page;
    }

    private boolean isBlank(int page) {
        for (byte b : flash.read(address(page), Flash.PAGE)) {
            if (b != (byte) 0xFF) {
                return false;
            }
        }
        return true;
    }

    private static int address(int page) {
        return FlashMap.IDENTITY_LOG + page * Flash.PAGE;
    }

    private static byte[] encode(Entry entry) {
        var out = new ByteWriter()
                .i32(MAGIC)
                .u32(entry.number())
                .bytes(entry.uid().bytes())
                .u8(entry.seeded() ? 1 : 0)
                .bytes(entry.state());
        return out.i32(Crc32.of(out.toBytes())).toBytes();
    }

    private Optional<Entry> read(int page) {
        int length = 4 + 4 + Uid.BYTES + 1 + STATE_BYTES + 4;
        var bytes = flash.read(address(page), length);
        try {
            var in = new ByteReader(bytes);
            if (in.i32() != MAGIC || Crc32.of(bytes, 0, length - 4) != new ByteReader(bytes, length - 4, 4).i32()) {
                return Optional.empty();
            }
            return Optional.of(new Entry(in.u32(), new Uid(in.bytes(Uid.BYTES)), in.u8() == 1, in.bytes(STATE_BYTES)));
        } catch (MalformedException e) {
            throw new IllegalStateException("an entry is read in full", e);
        }
    }
}
