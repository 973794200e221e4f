package dev.ft900.protocol.install;

import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.provisioning.BoardIdentity;
import dev.ft900.protocol.provisioning.Uid;
import dev.ft900.protocol.slot.SlotRecord;
import java.util.Optional;

/** Who writes the slot record: has the certificate signed and knows where the board is to connect. */
public interface Author {
    /**
     * Writes a record.
     *
     * @throws AuthorException there is none to be had
     */
    SlotRecord write(Assignment assignment) throws AuthorException;

    /**
     * What is asked of an author.
     *
     * @param board what the board said to hello
     * @param uid of the board, which it may have got after that
     * @param generation of the new slot
     * @param signingRequest PKCS#10 DER, for a key that was made on the board; empty when the author is to make the key
     */
    record Assignment(BoardId id, BoardIdentity board, Uid uid, long generation, Optional<byte[]> signingRequest) {}
}
