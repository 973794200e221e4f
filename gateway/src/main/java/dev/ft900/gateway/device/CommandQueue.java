package dev.ft900.gateway.device;

import dev.ft900.ca.store.StoreFailure;
import dev.ft900.gateway.device.QueuedCommand.State;
import dev.ft900.protocol.message.Command;
import dev.ft900.protocol.message.ErrorCode;
import dev.ft900.protocol.message.Presence;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.CommandId;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commands that wait on disk for their boards, each board's in order and one at a time. That a command is on its way is written down
 * before it is sent; so after any end of this process it is known which commands may have been carried out, and none of those is ever sent
 * again. Several gateways may share what waits: each command is claimed by one of them before it is sent. What the board refused as meant for
 * another boot, or what did not leave this process, waits again: the board did nothing.
 *
 * <p>Sending is confined to the thread of the executor that is passed in; adding and looking are for any thread.
 */
public final class CommandQueue implements PresenceTracker.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(CommandQueue.class);

    /** How many may wait for one board. */
    public static final int MOST_PER_BOARD = 100;

    private static final Duration TICK = Duration.ofSeconds(1);
    private static final int FORGET_TICKS = 3_600;
    private static final Duration REMEMBERED = Duration.ofDays(7);

    private final CommandQueueStore store;
    private final CommandService commands;
    private final PresenceTracker presence;
    private final ScheduledExecutorService own;
    private final Clock clock;
    private final Duration patience;
    private final Set<BoardId> busy = new HashSet<>();
    private long ticks;

    /**
     * @param own one thread, on which everything is sent and written down
     * @param patience how long to wait for an answer
     */
    public CommandQueue(
            CommandQueueStore store,
            CommandService commands,
            PresenceTracker presence,
            ScheduledExecutorService own,
            Clock clock,
            Duration patience) {
        this.store = store;
        this.commands = commands;
        this.presence = presence;
        this.own = own;
        this.clock = clock;
        this.patience = patience;
    }

    /** Takes up what an earlier process left, and begins to send. */
    public void start() {
        endInterrupted();
        presence.addListener(this);
        own.scheduleWithFixedDelay(this::tick, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void endInterrupted() {
        int unknown = store.interrupted(clock.instant());
        if (unknown > 0) {
            LOG.warn(
                    "{} queued commands were on their way when a gateway stopped; what became of them is unknown",
                    unknown);
        }
    }

    private void tick() {
        try {
            if (ticks++ % FORGET_TICKS == 0) {
                store.forget(clock.instant().minus(REMEMBERED));
            }
            endInterrupted();
            store.expire(clock.instant());
            store.waiting().forEach(this::sendNext);
        } catch (RuntimeException e) {
            // An exception would end the ticks; the next one may find the store well again.
            report("the queue cannot be read", e);
        }
    }

    /** How many commands wait for boards, in all. */
    public int waiting() {
        return store.waitingInAll();
    }

    /** Whether commands wait for this board or are on their way to it, and may wait again: then a new one belongs behind them. */
    public boolean isWaiting(BoardId board) {
        return store.hasOpen(board);
    }

    /**
     * Keeps a command for a board. When this returns, it is on disk.
     *
     * @param within after which it is not sent any more
     * @return empty when too many wait for this board already
     */
    public Optional<QueuedCommand> add(BoardId board, Command command, Origin origin, Duration within) {
        if (store.waiting(board) >= MOST_PER_BOARD) {
            return Optional.empty();
        }
        var now = clock.instant();
        var queued = new QueuedCommand(
                UUID.randomUUID().toString(),
                board,
                origin,
                command,
                State.QUEUED,
                now,
                now.plus(within),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "");
        store.add(queued);
        own.execute(() -> sendNext(board));
        return Optional.of(queued);
    }

    public Optional<QueuedCommand> find(BoardId board, String id) {
        return store.find(board, id);
    }

    /** The last commands of a board, newest first. */
    public List<QueuedCommand> of(BoardId board) {
        return store.of(board, MOST_PER_BOARD);
    }

    @Override
    public void online(BoardId id, Presence.Up birth) {
        own.execute(() -> sendNext(id));
    }

    @Override
    public void offline(BoardId id) {
        // What waits goes on waiting.
    }

    /** Not on a hint that the broker kept, perhaps of a board that left meanwhile: when it is true, the board is online in a moment. */
    private void sendNext(BoardId board) {
        if (busy.contains(board)
                || presence.standing(board).filter(Standing::isOnline).isEmpty()) {
            return;
        }
        try {
            store.next(board).ifPresent(next -> next.origin().inLog(() -> send(next)));
        } catch (RuntimeException e) {
            report("the next command for " + board + " cannot be read, and waits", e);
        }
    }

    private void send(QueuedCommand next) {
        if (next.isOver(clock.instant())) {
            store.expire(clock.instant());
            return;
        }
        busy.add(next.board());
        var call = commands.askOnce(
                next.board(),
                next.command(),
                next.origin(),
                Patience.forAnswer(patience),
                (id, boot) -> isClaimed(next, id));
        call.result().whenCompleteAsync((result, failure) -> endedInLog(next, failure), own);
    }

    private boolean isClaimed(QueuedCommand next, CommandId as) {
        try {
            return store.claim(next.id(), as, clock.instant());
        } catch (RuntimeException e) {
            report("queued command " + next.id() + " cannot be sent, and waits", e);
            return false;
        }
    }

    private void endedInLog(QueuedCommand command, Throwable failure) {
        command.origin().inLog(() -> ended(command, failure));
    }

    private void ended(QueuedCommand command, Throwable failure) {
        busy.remove(command.board());
        try {
            var cause = Causes.of(failure);
            if (cause == null) {
                store.ended(command.id(), State.DONE, CommandRecord.DONE, "", clock.instant());
            } else if (cause instanceof CancellationException || boardDidNothing(cause)) {
                // Where the claim failed it may have been written down after all; where another gateway was quicker
                // this does nothing.
                store.again(command.id());
                return;
            } else {
                var code = cause instanceof DeviceException known ? known.code() : "internal";
                store.ended(command.id(), State.FAILED, code, String.valueOf(cause.getMessage()), clock.instant());
            }
        } catch (RuntimeException e) {
            report("what became of queued command " + command.id() + " cannot be written down; trying again", e);
            // The board's next command waits, so that they stay in order.
            busy.add(command.board());
            own.schedule(() -> endedInLog(command, failure), TICK.toMillis(), TimeUnit.MILLISECONDS);
            return;
        }
        sendNext(command.board());
    }

    private static void report(String what, RuntimeException failure) {
        StoreFailure.reason(failure)
                .ifPresentOrElse(reason -> LOG.warn("{}: {}", what, reason), () -> LOG.error("{}", what, failure));
    }

    /** Whether it is certain that the board did nothing and that trying again later makes sense. */
    private static boolean boardDidNothing(Throwable cause) {
        return cause instanceof BoardOfflineException
                || cause instanceof BrokerDownException
                || cause instanceof GatewayBusyException
                || cause instanceof BoardRefusedException refused
                        && (refused.boardError() == ErrorCode.WRONG_BOOT || refused.boardError() == ErrorCode.BUSY);
    }
}
