package dev.ft900.gateway.device;

import dev.ft900.protocol.message.Command;
import dev.ft900.protocol.message.Presence;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.pad.Pad;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that pins are as they are desired: writes them when that is said, and again whenever the board comes. What became of it is
 * said apart from the desire, and is never a value of the pin. Safe for use by several threads.
 */
public final class DesiredPins implements PresenceTracker.Listener, CommandRecord.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(DesiredPins.class);
    private static final int TURNS = 64;
    private static final Origin RECONCILING = Origin.gateway("desired");

    /** Writing a pin twice does no harm; what the board refused it will refuse again. */
    private static final Set<String> MAY_PASS = Set.of(NoAnswerException.CODE, GatewayBusyException.CODE);

    private final DesiredPinStore store;
    private final CommandService commands;
    private final Executor own;
    private final Clock clock;
    private final Duration patience;
    private final Map<Key, Known> known = new ConcurrentHashMap<>();
    private final Map<Key, CommandRecord> elsewhere = new ConcurrentHashMap<>();
    /** Held from writing a desire down to sending it, so that what is kept last is sent last; one for several pads. */
    private final Object[] turns = Stream.generate(Object::new).limit(TURNS).toArray();

    /** What became of a desire that was sent from here: a later command counts, and no earlier one. */
    private record Known(Command.WritePad write, CommandCall call, DesiredPin.Standing standing) {
        Known with(DesiredPin.Standing after) {
            return new Known(write, call, after);
        }
    }

    /**
     * A desire that was sent to its board.
     *
     * @param call that wrote it to the pin
     */
    public record Sent(CommandCall call, DesiredPin.Standing standing) {}

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
     * @param wait how long to wait for the board's answer this time
     * @return complete when the board has it, or it is clear that it has not now
     */
    public CompletableFuture<Sent> set(BoardId board, Command.WritePad write, Origin origin, Patience wait) {
        var desired = new DesiredPin(board, write, clock.instant(), origin.caller());
        synchronized (turn(new Key(board, write.pad()))) {
            store.put(desired);
            return apply(desired, origin, wait);
        }
    }

    private Object turn(Key key) {
        return turns[Math.floorMod(key.hashCode(), TURNS)];
    }

    /** Says no more how a pin is to be; the pin stays as it is. @return false when nothing was said */
    public boolean remove(BoardId board, Pad pad) {
        var key = new Key(board, pad);
        synchronized (turn(key)) {
            known.remove(key);
            return store.remove(board, pad);
        }
    }

    /** What is desired of a board. */
    public List<DesiredPin> of(BoardId board) {
        return store.of(board);
    }

    /** What became of it. */
    public DesiredPin.Standing standing(DesiredPin desired) {
        var key = new Key(desired.board(), desired.write().pad());
        var here = known.get(key);
        if (here != null && here.write().equals(desired.write())) {
            return here.standing();
        }
        DesiredPin.Standing nothing = new DesiredPin.Standing.Pending();
        return Optional.ofNullable(elsewhere.get(key))
                // Of two that differ nobody here knows which came last.
                .filter(ended -> ended.command().equals(desired.write()))
                .map(ended -> after(nothing, desired.write(), ended))
                .orElse(nothing);
    }

    /** What is known of a desire after a command that was none of its own. */
    private static DesiredPin.Standing after(
            DesiredPin.Standing before, Command.WritePad desired, CommandRecord ended) {
        var at = ended.at().plus(ended.total());
        boolean isSame = ended.command().equals(desired);
        if (ended.isDone()) {
            return isSame
                    ? new DesiredPin.Standing.Applied(at)
                    : PadWrites.changesOtherwise(ended.command(), desired)
                            ? new DesiredPin.Standing.Overwritten(at)
                            : before;
        }
        if (isSame && ended.id().isPresent()) {
            return new DesiredPin.Standing.Failed(at, ended.outcome(), ended.detail());
        }
        boolean mayBeDone = ended.outcome().equals(NoAnswerException.CODE);
        return mayBeDone && PadWrites.changesOtherwise(ended.command(), desired)
                ? new DesiredPin.Standing.Overwritten(at)
                : before;
    }

    /** A command ended here. */
    @Override
    public void ended(CommandRecord ended) {
        PadWrites.touched(ended.command())
                .forEach(pad -> known.computeIfPresent(
                        new Key(ended.board(), pad),
                        (key, before) -> ended.at().isBefore(before.call().at())
                                        || ended.id().equals(before.call().id())
                                ? before
                                : before.with(after(before.standing(), before.write(), ended))));
    }

    /** Another gateway wrote to pins. */
    public void endedElsewhere(CommandRecord ended) {
        PadWrites.touched(ended.command()).forEach(pad -> {
            var key = new Key(ended.board(), pad);
            elsewhere.put(key, ended);
            known.computeIfPresent(key, (same, before) -> before.with(after(before.standing(), before.write(), ended)));
        });
    }

    @Override
    public void online(BoardId id, Presence.Up birth) {
        own.execute(() -> reconcile(id));
    }

    @Override
    public void offline(BoardId id) {
        // By pad: when the broker goes, thousands of boards go at once.
        keys(id).forEach(key -> {
            elsewhere.remove(key);
            known.computeIfPresent(key, (same, before) -> before.with(new DesiredPin.Standing.Pending()));
        });
    }

    /** Forgets a board that is not registered any more; what is in the store goes with the board. */
    public void forget(BoardId id) {
        keys(id).forEach(key -> {
            elsewhere.remove(key);
            known.remove(key);
        });
    }

    private static Stream<Key> keys(BoardId id) {
        return IntStream.range(0, Pad.COUNT).mapToObj(pad -> new Key(id, new Pad(pad)));
    }

    private void reconcile(BoardId board) {
        try {
            var wanted = store.of(board);
            if (wanted.isEmpty()) {
                return;
            }
            // One after the other, in the order of the pads.
            var written = new ArrayList<DesiredPin>();
            CompletableFuture<?> chain = CompletableFuture.completedFuture(null);
            for (var desired : wanted) {
                chain = chain.thenComposeAsync(
                        before -> reconcile(new Key(board, desired.write().pad()), written), own);
            }
            chain.thenRunAsync(() -> reconcileWhatChanged(board, written), own);
        } catch (RuntimeException e) {
            LOG.error("what is desired of {} cannot be read", board, e);
        }
    }

    /**
     * Writes what is desired of a pin by now, if anything is: that may have been taken back, or changed, while others were written.
     *
     * @param written gets what was
     */
    private CompletableFuture<?> reconcile(Key key, List<DesiredPin> written) {
        synchronized (turn(key)) {
            var now = store.of(key.board()).stream()
                    .filter(desired -> desired.write().pad().equals(key.pad()))
                    .findFirst();
            now.ifPresent(written::add);
            return now.<CompletableFuture<?>>map(desired -> apply(desired, RECONCILING, Patience.forAnswer(patience)))
                    .orElseGet(() -> CompletableFuture.completedFuture(null));
        }
    }

    /** Writes again what boards that are there did not answer, or were not asked because too much was under way. For the own thread, now and then. */
    public void tryAgain() {
        known.forEach((key, last) -> {
            if (last.standing() instanceof DesiredPin.Standing.Failed failed && MAY_PASS.contains(failed.outcome())) {
                try {
                    reconcile(key, new ArrayList<>());
                } catch (RuntimeException e) {
                    LOG.warn(
                            "what is desired of {} cannot be read, and is tried again: {}",
                            key.board(),
                            e.getMessage());
                }
            }
        });
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

    private CompletableFuture<Sent> apply(DesiredPin desired, Origin origin, Patience wait) {
        var key = new Key(desired.board(), desired.write().pad());
        CommandCall call;
        synchronized (turn(key)) {
            call = commands.ask(desired.board(), desired.write(), origin, wait);
            known.put(key, new Known(desired.write(), call, new DesiredPin.Standing.Pending()));
            elsewhere.remove(key);
        }
        return call.result().handle((result, failure) -> {
            var standing = standing(Optional.ofNullable(failure));
            // A later desire may be on its way by now, of which this says nothing.
            known.computeIfPresent(key, (same, now) -> now.call() == call ? now.with(standing) : now);
            return new Sent(call, standing);
        });
    }

    private DesiredPin.Standing standing(Optional<Throwable> failure) {
        if (failure.isEmpty()) {
            return new DesiredPin.Standing.Applied(clock.instant());
        }
        var cause = Causes.of(failure.get());
        if (cause instanceof BoardOfflineException || cause instanceof BrokerDownException) {
            return new DesiredPin.Standing.Pending();
        }
        var code = cause instanceof DeviceException told ? told.code() : "internal";
        return new DesiredPin.Standing.Failed(clock.instant(), code, String.valueOf(cause.getMessage()));
    }
}
