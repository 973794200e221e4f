package dev.ft900.gateway.device;

import dev.ft900.protocol.message.FirmwareVersion;
import dev.ft900.protocol.message.Presence;
import dev.ft900.protocol.message.ResetCause;
import dev.ft900.protocol.name.BootId;
import java.util.Optional;

/** What boards of tests say when they come. */
final class Births {
    private Births() {}

    /** The first connection of a boot, after a reset that was asked for; the clock is not set. */
    static Presence.Up of(BootId boot) {
        return new Presence.Up(boot, 1, ResetCause.COMMAND, new FirmwareVersion("test"), false, 1, Optional.empty());
    }
}
