package dev.ft900.agent.board;

import dev.ft900.agent.identity.BoardStore;
import dev.ft900.protocol.message.BoardStatus;
import dev.ft900.protocol.message.Ipv4Address;
import dev.ft900.protocol.message.NetworkInfo;
import dev.ft900.protocol.message.Presence;
import dev.ft900.protocol.message.ResetCause;
import dev.ft900.protocol.name.BootId;
import dev.ft900.protocol.provisioning.BoardIdentity;
import dev.ft900.protocol.slot.Addressing;
import dev.ft900.protocol.slot.SlotRecord;
import java.util.Optional;

/** What one run of the firmware can say about itself. */
final class BoardFacts {
    /**
     * How many provisioning requests the board holds at a time: 4 KB of buffers, of 64. A whole record of the usual length, with the
     * request before it and the one after it, is then on its way at once, whatever the adapter's latency.
     */
    private static final int WINDOW = 16;

    private static final Ipv4Address NO_ADDRESS = new Ipv4Address(0);
    private static final Ipv4Address LOOPBACK_MASK = new Ipv4Address(0xFF000000);

    private final BoardConfig config;
    private final BoardStore store;
    private final RealTimeClock clock;
    private final BootId boot;
    private final ResetCause cause;
    private final BoardLoop loop;
    private final long bootNanos;

    BoardFacts(
            BoardConfig config, BoardStore store, RealTimeClock clock, BootId boot, ResetCause cause, BoardLoop loop) {
        this.config = config;
        this.store = store;
        this.clock = clock;
        this.boot = boot;
        this.cause = cause;
        this.loop = loop;
        this.bootNanos = loop.nanos();
    }

    BootId boot() {
        return boot;
    }

    /** Milliseconds since boot. */
    long uptimeMillis() {
        return (loop.nanos() - bootNanos) / 1_000_000;
    }

    BoardIdentity identity() {
        return new BoardIdentity(
                WINDOW,
                SlotRecord.MAX_BYTES,
                BoardConfig.CHIP_ID,
                store.isSeeded(),
                store.uid(),
                config.mac(),
                boot,
                clock.read(),
                BoardConfig.FIRMWARE,
                store.record().map(SlotRecord::id),
                store.generation(),
                store.isOnTrial());
    }

    BoardStatus status() {
        return new BoardStatus(
                BoardConfig.FIRMWARE,
                BoardConfig.CHIP_ID,
                cause,
                uptimeMillis() / 1000,
                clock.read().isSet(),
                store.generation(),
                store.isOnTrial());
    }

    Presence.Up birth(long connection) {
        return new Presence.Up(
                boot,
                connection,
                cause,
                BoardConfig.FIRMWARE,
                clock.read().isSet(),
                store.generation(),
                store.fellBack());
    }

    /** @param local the address of the board's connection, when it has one */
    NetworkInfo network(Optional<Ipv4Address> local) {
        var addressing = store.record().map(SlotRecord::addressing).orElse(new Addressing.Dhcp());
        if (addressing instanceof Addressing.Static fixed) {
            return new NetworkInfo(config.mac(), fixed.address(), fixed.mask(), fixed.router(), false);
        }
        // A virtual board borrows its host's stack: the address is the true one of its connection, a router there is
        // not.
        return new NetworkInfo(
                config.mac(),
                local.orElse(NO_ADDRESS),
                local.isPresent() ? LOOPBACK_MASK : NO_ADDRESS,
                NO_ADDRESS,
                true);
    }
}
