package dev.ft900.protocol.install;

import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.provisioning.Digest;
import dev.ft900.protocol.provisioning.Uid;

/**
 * A record that is ready to be written to one board. Whoever keeps it can go on with a write that broke off.
 *
 * @param uid of the board that it is for
 * @param record its bytes; with a private key in them only if the key was made outside the board
 */
public record Draft(BoardId id, Uid uid, long generation, byte[] record) {
    public Draft {
        record = record.clone();
    }

    @Override
    public byte[] record() {
        return record.clone();
    }

    public Digest hash() {
        return Digest.of(record);
    }

    /** Without the record, which may hold a key. */
    @Override
    public String toString() {
        return "Draft[" + id + ", " + uid + ", generation " + generation + ", " + record.length + " bytes]";
    }
}
