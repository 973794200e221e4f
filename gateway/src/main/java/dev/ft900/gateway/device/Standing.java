package dev.ft900.gateway.device;

import dev.ft900.protocol.message.Presence;
import java.time.Instant;
import java.util.Optional;

/** What the gateway knows of a registered board's being there. */
public sealed interface Standing {
    /**
     * Not connected, or never heard of.
     *
     * @param unconfirmed a birth message that the broker keeps, and that the board did not confirm when it was asked: most likely it is gone,
     *     but an answer of that boot, however late, says that it is {@link Online}
     */
    record Offline(Instant since, Optional<Presence.Up> unconfirmed) implements Standing {
        public Offline(Instant since) {
            this(since, Optional.empty());
        }
    }

    /**
     * The broker keeps a birth message of it, from before we were listening: it may be there. Commands are sent to it; the first answer
     * makes it {@link Online}.
     */
    record Hinted(Presence.Up birth) implements Standing {}

    /**
     * Connected: it said so, or answered.
     *
     * @param isFound whether it was asked, and answered, before it was heard to come; what it says of that may come later
     */
    record Online(Presence.Up birth, Instant since, boolean isFound) implements Standing {
        public Online(Presence.Up birth, Instant since) {
            this(birth, since, false);
        }
    }

    default boolean isOnline() {
        return this instanceof Online;
    }
}
