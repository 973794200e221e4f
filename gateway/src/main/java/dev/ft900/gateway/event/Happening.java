package dev.ft900.gateway.event;

import dev.ft900.gateway.device.CommandRecord;
import dev.ft900.protocol.message.PadEdge;
import dev.ft900.protocol.message.Presence;

/** What happened to a board. */
public sealed interface Happening {
    /** An input of it changed. */
    record EdgeSeen(PadEdge edge) implements Happening {}

    /** It is there. */
    record CameOnline(Presence.Up birth) implements Happening {}

    /** It is gone. */
    record WentOffline() implements Happening {}

    /** A command that changes it has ended. */
    record CommandEnded(CommandRecord command) implements Happening {}
}
