package dev.ft900.gateway.device;

import dev.ft900.protocol.message.Command;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.CommandId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What became of one command.
 *
 * @param id empty when nothing was sent
 * @param at when the gateway took it
 * @param outcome one word: {@code done}, or the code of the problem that the caller was told
 * @param detail what the caller was told; empty when it was done
 * @param total from its being taken to its end
 */
public record CommandRecord(
        Optional<CommandId> id,
        Origin origin,
        BoardId board,
        Command command,
        Instant at,
        String outcome,
        String detail,
        Hops hops,
        Duration total) {
    public static final String DONE = "done";

    public boolean isDone() {
        return outcome.equals(DONE);
    }

    /** Wants to know of every command that has ended. Called on the thread that brings the end; returns at once. */
    @FunctionalInterface
    public interface Listener {
        void ended(CommandRecord ended);
    }
}
