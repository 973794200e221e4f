package dev.ft900.gateway.app;

import dev.ft900.ca.store.Revocation;
import dev.ft900.gateway.device.BoardMessages;
import dev.ft900.gateway.device.CommandQueue;
import dev.ft900.gateway.device.CommandRecord;
import dev.ft900.gateway.device.CommandService;
import dev.ft900.gateway.device.DesiredPins;
import dev.ft900.gateway.device.LastKnown;
import dev.ft900.gateway.device.Messenger;
import dev.ft900.gateway.device.PresenceTracker;
import dev.ft900.gateway.device.RecentCommands;
import dev.ft900.gateway.device.RegistryWatch;
import dev.ft900.gateway.device.RenewalService;
import dev.ft900.gateway.device.ResetService;
import dev.ft900.gateway.event.EventHub;
import dev.ft900.gateway.event.EventSources;
import dev.ft900.gateway.http.Devices;
import dev.ft900.gateway.store.EndedCommands;
import dev.ft900.gateway.store.SqlCommandQueue;
import dev.ft900.gateway.store.SqlDesiredPins;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.slot.BrokerAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * All that knows boards and commands them, put together. Three threads are its own: a timer, whose work is short; the keeper, which works in
 * the database; and, once it has begun, one that reads the register.
 */
final class DeviceCore {
    /** How long what is desired of a pin waits when its board did not answer. */
    private static final int AGAIN_SECONDS = 10;

    private final GatewaySettings settings;
    private final Foundation base;
    private final PresenceTracker presence;
    private final ScheduledExecutorService timer;
    private final ScheduledExecutorService keeper;
    private final CommandService commands;
    private final RecentCommands recent = new RecentCommands();
    private final LastKnown lastKnown;
    private final EventHub hub;
    private final EventSources events;
    private final RenewalService renewals;
    private final BoardMessages messages;
    private final CommandQueue queue;
    private final DesiredPins desired;
    private final RegistryWatch watch;

    /** @param onRevoked is told of each revocation once, also of those from before */
    DeviceCore(
            GatewaySettings settings,
            Foundation base,
            PresenceTracker presence,
            Messenger messenger,
            Consumer<Revocation> onRevoked,
            Parts parts) {
        this.settings = settings;
        this.base = base;
        this.presence = presence;
        var patience = settings.patience().command();
        var clock = base.clock();
        timer = parts.thread("gateway-timer");
        commands = new CommandService(settings.name(), messenger, presence, timer, clock, System::nanoTime);
        hub = new EventHub(clock, settings.rest().limits().eventStreams());
        events = new EventSources(hub);
        renewals = parts.keep(new RenewalService(settings.name(), messenger, presence, base.enrolment(), clock));
        lastKnown = new LastKnown(clock);
        messages = new BoardMessages(
                presence,
                commands,
                timer,
                (board, edge) -> {
                    events.edge(board, edge);
                    lastKnown.edge(board, edge);
                },
                renewals::received,
                System::nanoTime);
        keeper = parts.thread("gateway-queue");
        var lease = base.lease();
        queue = new CommandQueue(
                new SqlCommandQueue(base.database(), lease.run(), lease::canTellWhoIsDead),
                commands,
                presence,
                keeper,
                lease.clock(),
                patience);
        desired = new DesiredPins(new SqlDesiredPins(base.database()), commands, keeper, clock, patience);
        watch = new RegistryWatch(
                base.enrolment(), presence, messenger, onRevoked, messages::joined, this::forgetWhatWasSaid);
        listen();
    }

    private void listen() {
        commands.addListener(recent);
        presence.addListener(events);
        commands.addListener(events);
        commands.showResultsTo(lastKnown::result);
    }

    private void forgetWhatWasSaid(BoardId removed) {
        recent.forget(removed);
        lastKnown.forget(removed);
        desired.forget(removed);
    }

    /** What hears of the connection to the broker. */
    LinkListener listener(boolean brokerRemembersBoards, CountDownLatch up) {
        if (!brokerRemembersBoards) {
            messages.watchForSilence();
        }
        return new LinkListener(messages, commands, presence, brokerRemembersBoards, up);
    }

    /** Follows the boards and sends what waits for them, from now on; the messenger can be used. */
    void begin(Parts parts) {
        watch.start(parts.thread("gateway-register"));
        if (base.database().isShared()) {
            tellOtherGateways(parts);
        }
        presence.addListener(desired);
        commands.addListener(desired);
        keeper.scheduleWithFixedDelay(desired::tryAgain, AGAIN_SECONDS, AGAIN_SECONDS, TimeUnit.SECONDS);
        queue.start();
    }

    private void tellOtherGateways(Parts parts) {
        CommandRecord.Listener others = ended -> {
            recent.ended(ended);
            events.ended(ended);
            desired.endedElsewhere(ended);
        };
        var lease = base.lease();
        var ends = new EndedCommands(base.database(), lease.run(), lease.clock(), others);
        commands.addListener(ends);
        // Once more at the end, for what ended last.
        parts.keep(ends::exchange);
        ends.start(parts.thread("gateway-exchange"));
    }

    /**
     * What the REST API works with.
     *
     * @param broker where boards are told to connect
     * @param executor on which answers are written
     */
    Devices devices(BrokerAddress broker, Executor executor) {
        return new Devices(
                base.enrolment(),
                presence,
                watch,
                commands,
                new ResetService(commands, presence, timer, System::nanoTime),
                renewals,
                recent,
                lastKnown,
                queue,
                desired,
                broker,
                base.authority().root(),
                executor,
                base.clock(),
                settings.patience().command(),
                settings.patience().reset());
    }

    CommandService commands() {
        return commands;
    }

    CommandQueue queue() {
        return queue;
    }

    EventHub hub() {
        return hub;
    }

    /** For regular work that waits for the database or for files. */
    ScheduledExecutorService keeper() {
        return keeper;
    }
}
