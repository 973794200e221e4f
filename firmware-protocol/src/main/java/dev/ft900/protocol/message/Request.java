package dev.ft900.protocol.message;

import dev.ft900.protocol.name.BootId;
import dev.ft900.protocol.name.CommandId;
import java.util.Optional;

/**
 * A command on its way to a board.
 *
 * @param boot the run of the firmware that it is meant for; may be absent only on commands that change nothing
 */
public record Request(CommandId id, Optional<BootId> boot, Command command) {
    public Request {
        if (boot.isEmpty() && command.changesTheBoard()) {
            throw new IllegalArgumentException("a request that changes the board must name the boot it is meant for");
        }
    }
}
