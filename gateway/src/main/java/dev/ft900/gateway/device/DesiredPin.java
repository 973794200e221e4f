package dev.ft900.gateway.device;

import dev.ft900.protocol.message.Command;
import dev.ft900.protocol.name.BoardId;
import java.time.Instant;

/** How a pin of a board is to be, whenever the board is there. */
public record DesiredPin(BoardId board, Command.WritePad write, Instant setAt, String setBy) {
    /** What became of it on the board. */
    public sealed interface Standing {
        /** The board has not been there since. */
        record Pending() implements Standing {}

        /** The board has it so since then. */
        record Applied(Instant at) implements Standing {}

        /** The board had it, or was to get it, and then another command wrote something else to the pin, or may have. */
        record Overwritten(Instant at) implements Standing {}

        /** The board would not, or did not answer. */
        record Failed(Instant at, String outcome, String detail) implements Standing {}
    }
}
