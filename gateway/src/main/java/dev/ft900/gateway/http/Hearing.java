package dev.ft900.gateway.http;

import dev.ft900.ca.store.StoreFailure;
import dev.ft900.gateway.access.Caller;
import dev.ft900.gateway.access.Role;
import dev.ft900.protocol.name.BoardId;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the caller of a stream may hear of, for as long as the stream lasts: tokens end and are revoked meanwhile, and boards change their
 * groups. May wait for the database. For the stream's thread.
 */
final class Hearing {
    private final Supplier<Optional<Caller>> shown;
    private final Function<BoardId, Set<String>> groups;
    private final Optional<BoardId> only;
    private Caller caller;

    /**
     * @param caller as it was let in
     * @param shown who shows these credentials now; empty when they are no good any more
     * @param groups those of a board
     * @param only the board that the stream is about; empty for all
     */
    Hearing(
            Caller caller,
            Supplier<Optional<Caller>> shown,
            Function<BoardId, Set<String>> groups,
            Optional<BoardId> only) {
        this.caller = caller;
        this.shown = shown;
        this.groups = groups;
        this.only = only;
    }

    /** By whom the stream counts. */
    String key() {
        return caller.key();
    }

    /** Whether the caller is still one who may listen. While nobody can look that up, what was true goes on. */
    boolean goesOn() {
        try {
            var now = shown.get().filter(known -> known.role().includes(Role.VIEWER));
            now.ifPresent(known -> caller = known);
            return now.isPresent() && only.map(this::hears).orElse(true);
        } catch (RuntimeException e) {
            if (StoreFailure.reason(e).isEmpty()) {
                throw e;
            }
            return true;
        }
    }

    /** Whether it may hear of a board. */
    boolean hears(BoardId board) {
        return caller.scope().includes(board, groups);
    }
}
