package dev.ft900.gateway.device;

import dev.ft900.protocol.message.Command;
import dev.ft900.protocol.message.Presence;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.pad.Pad;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that pins are as they are desired: writes them when that is said, and again whenever the board comes. What became of it is
 * said apart from the desire, and is never a value of the pin. Safe for use by several threads.
 */
public final class DesiredPins implements PresenceTracker.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(DesiredPins.class);
    private static final Origin RECONCILING = Origin.gateway("desired");

    private final DesiredPinStore store;
    private final CommandService commands;
    private final Executor own;
    private final Clock clock;
    private final Duration patience;
    private final Map<Key, DesiredPin.Standing> standings = new ConcurrentHashMap<>();
    private final Map<Key, CommandRecord> elsewhere = new ConcurrentHashMap<>();

    private record Key(BoardId board, Pad pad) {}

    /**
     * @param own on which the store is read when a board comes
     * @param patience how long to wait for an answer
     */
    public DesiredPins(DesiredPinStore store, CommandService commands, Executor own, Clock clock, Duration patience) {
        this.store = store;
        this.commands = commands;
        this.own = own;
        this.clock = clock;
        this.patience = patience;
    }

    /**
     * Says how a pin is to be. It is on disk when this returns.
     *
     * @return complete when the board has it, or it is clear that it has not now
     */
    public CompletableFuture<DesiredPin.Standing> set(BoardId board, Command.WritePad write, Origin origin) {
        var desired = new DesiredPin(board, write, clock.instant(), origin.caller());
        store.put(desired);
        standings.put(new Key(board, write.pad()), new DesiredPin.Standing.Pending());
        elsewhere.remove(new Key(board, write.pad()));
        return apply(desired, origin);
    }

    /** Says no more how a pin is to be; the pin stays as it is. @return false when nothing was said */
    public boolean remove(BoardId board, Pad pad) {
        standings.remove(new Key(board, pad));
        return store.remove(board, pad);
    }

    /** What is desired of a board. */
    public List<DesiredPin> of(BoardId board) {
        return store.of(board);
    }

    /** What became of it. */
    public DesiredPin.Standing standing(DesiredPin desired) {
        var key = new Key(desired.board(), desired.write().pad());
        var there = elsewhere.get(key);
        return there != null && there.command().equals(desired.write())
                ? standing(there)
                : standings.getOrDefault(key, new DesiredPin.Standing.Pending());
    }

    private static DesiredPin.Standing standing(CommandRecord ended) {
        var at = ended.at().plus(ended.total());
        return ended.isDone()
                ? new DesiredPin.Standing.Applied(at)
                : new DesiredPin.Standing.Failed(at, ended.outcome(), ended.detail());
    }

    /** Another gateway wrote to a pin. */
    public void endedElsewhere(CommandRecord ended) {
        if (ended.command() instanceof Command.WritePad write) {
            elsewhere.put(new Key(ended.board(), write.pad()), ended);
        }
    }

    @Override
    public void online(BoardId id, Presence.Up birth) {
        own.execute(() -> reconcile(id));
    }

    @Override
    public void offline(BoardId id) {
        elsewhere.keySet().removeIf(key -> key.board().equals(id));
        standings.replaceAll((key, before) -> key.board().equals(id) ? new DesiredPin.Standing.Pending() : before);
    }

    private void reconcile(BoardId board) {
        try {
            var wanted = store.of(board);
            if (wanted.isEmpty()) {
                return;
            }
            // One after the other, in the order of the pads.
            CompletableFuture<DesiredPin.Standing> chain =
                    CompletableFuture.completedFuture(new DesiredPin.Standing.Pending());
            for (var desired : wanted) {
                chain = chain.thenCompose(before -> apply(desired, RECONCILING));
            }
            chain.thenRunAsync(() -> reconcileWhatChanged(board, wanted), own);
        } catch (RuntimeException e) {
            LOG.error("what is desired of {} cannot be read", board, e);
        }
    }

    /** What was desired meanwhile, here or through another gateway, may have been written before what we wrote. */
    private void reconcileWhatChanged(BoardId board, List<DesiredPin> written) {
        try {
            if (!store.of(board).equals(written)) {
                reconcile(board);
            }
        } catch (RuntimeException e) {
            LOG.error("what is desired of {} cannot be read", board, e);
        }
    }

    private CompletableFuture<DesiredPin.Standing> apply(DesiredPin desired, Origin origin) {
        return commands.ask(desired.board(), desired.write(), origin, Patience.forAnswer(patience))
                .result()
                .handle((result, failure) -> {
                    var standing = standing(Optional.ofNullable(failure));
                    var key = new Key(desired.board(), desired.write().pad());
                    standings.put(key, standing);
                    elsewhere.remove(key);
                    return standing;
                });
    }

    private DesiredPin.Standing standing(Optional<Throwable> failure) {
        if (failure.isEmpty()) {
            return new DesiredPin.Standing.Applied(clock.instant());
        }
        var cause =
                failure.get() instanceof CompletionException && failure.get().getCause() != null
                        ? failure.get().getCause()
                        : failure.get();
        if (cause instanceof BoardOfflineException || cause instanceof BrokerDownException) {
            return new DesiredPin.Standing.Pending();
        }
        var code = cause instanceof DeviceException known ? known.code() : "internal";
        return new DesiredPin.Standing.Failed(clock.instant(), code, String.valueOf(cause.getMessage()));
    }
}
