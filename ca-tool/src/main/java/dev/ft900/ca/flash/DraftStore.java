package dev.ft900.ca.flash;

import dev.ft900.protocol.install.Draft;
import dev.ft900.protocol.provisioning.Uid;
import java.io.IOException;
import java.util.Optional;

/** Keeps what a station needs to go on with a write that broke off. */
public interface DraftStore {
    /** The draft that waits for a board. */
    Optional<Draft> find(Uid uid) throws IOException;

    void keep(Draft draft) throws IOException;

    /** The board has it. */
    void drop(Uid uid) throws IOException;

    /** Keeps nothing. */
    DraftStore NONE = new DraftStore() {
        @Override
        public Optional<Draft> find(Uid uid) {
            return Optional.empty();
        }

        @Override
        public void keep(Draft draft) {}

        @Override
        public void drop(Uid uid) {}
    };
}
