package dev.ft900.protocol.provisioning;

import java.util.Arrays;
import java.util.Optional;

/** What can be read from a board. None of them holds a private key: a slot is read with its key field blanked by zeros. */
public enum StoredObject {
    /** The signing request of the last key made. */
    SIGNING_REQUEST(1),
    /** The record of the slot in use. */
    ACTIVE_SLOT(2),
    /** The record of the other slot, if a whole one is there. */
    SPARE_SLOT(3);

    private final int code;

    StoredObject(int code) {
        this.code = code;
    }

    static Optional<StoredObject> from(int code) {
        return Arrays.stream(values()).filter(o -> o.code == code).findFirst();
    }

    /** The number that stands for this object in a frame. */
    public int code() {
        return code;
    }
}
