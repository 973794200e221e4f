package dev.ft900.gateway.device;

import dev.ft900.protocol.dialect.NativeTopic;
import dev.ft900.protocol.dialect.RequestCodec;
import dev.ft900.protocol.message.Command;
import dev.ft900.protocol.message.ErrorCode;
import dev.ft900.protocol.message.Presence;
import dev.ft900.protocol.message.Reply;
import dev.ft900.protocol.message.Request;
import dev.ft900.protocol.message.Result;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.BootId;
import dev.ft900.protocol.name.CommandId;
import dev.ft900.protocol.name.GatewayName;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends commands to boards and brings back what became of them. Any number may be under way, up to a bound. Futures end with a
 * {@link DeviceException} when the command did not come to a good end, and complete on the thread that brings the reply or the time-out:
 * whoever has more than a little to do goes on elsewhere. Every end is told to the listeners. Safe for use by several threads.
 */
public final class CommandService {
    private static final Logger LOG = LoggerFactory.getLogger(CommandService.class);

    /** As many as Paho lets under way. */
    static final int MAX_UNDER_WAY = 5_000;

    private final GatewayName gateway;
    private final Messenger messenger;
    private final PresenceTracker presence;
    private final ScheduledExecutorService timer;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Arrivals arrivals;
    private final CommandIds ids = new CommandIds();
    private final Map<CommandId, UnderWay> underWay = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private volatile BiConsumer<BoardId, Result> seen = (board, result) -> {};
    private final List<CommandRecord.Listener> listeners = new CopyOnWriteArrayList<>();

    /**
     * @param timer for time-outs; its work is short
     * @param nanos monotonic time
     */
    public CommandService(
            GatewayName gateway,
            Messenger messenger,
            PresenceTracker presence,
            ScheduledExecutorService timer,
            Clock clock,
            LongSupplier nanos) {
        this.gateway = gateway;
        this.messenger = messenger;
        this.presence = presence;
        this.timer = timer;
        this.clock = clock;
        this.nanos = nanos;
        this.arrivals = new Arrivals(presence, timer);
    }

    /** A command that was sent and is not answered. */
    private record UnderWay(CommandCall call, CompletableFuture<Reply> reply, Future<?> timeout) {}

    /** Wants to know of every command's end, from now on. */
    public void addListener(CommandRecord.Listener listener) {
        listeners.add(listener);
    }

    /** Gives every good result to this one too; on the thread that brings it. */
    public void showResultsTo(BiConsumer<BoardId, Result> watcher) {
        seen = watcher;
    }

    /** Asks a board to do something. */
    public CommandCall ask(BoardId board, Command command, Origin origin, Patience patience) {
        var call = new CommandCall(board, command, origin, clock.instant(), nanos.getAsLong());
        if (patience.connect().isZero()) {
            start(call, patience);
        } else {
            arrivals.await(board, patience.connect()).thenRun(() -> start(call, patience));
        }
        return call;
    }

    private void start(CommandCall call, Patience patience) {
        try {
            var boot = bootOf(call.board());
            send(call, ids.next(), Optional.of(boot), patience.answer())
                    .thenCompose(reply -> isForAnotherBoot(reply)
                            // It rebooted a moment ago, and did nothing: it can safely be asked again.
                            ? send(call, ids.next(), Optional.of(reply.boot()), patience.answer())
                            : CompletableFuture.completedFuture(reply))
                    .whenComplete((reply, failure) -> end(call, reply, failure));
        } catch (DeviceException | RuntimeException e) {
            // Nobody would hear of it: this may run when a board comes, long after the caller was answered with a
            // future.
            end(call, null, e);
        }
    }

    /** Is told, before anything is sent, under which id and for which boot that will be. */
    @FunctionalInterface
    interface BeforeSending {
        /** @return false when it is not to be sent after all */
        boolean sending(CommandId id, BootId boot);
    }

    /**
     * Asks a board for somebody who writes down what is sent before it is; and does not ask again when the board has rebooted. What is not
     * to be sent after all is cancelled, and nobody is told.
     */
    CommandCall askOnce(BoardId board, Command command, Origin origin, Patience patience, BeforeSending before) {
        var call = new CommandCall(board, command, origin, clock.instant(), nanos.getAsLong());
        try {
            var boot = bootOf(board);
            var id = ids.next();
            if (!before.sending(id, boot)) {
                call.result().cancel(false);
                return call;
            }
            send(call, id, Optional.of(boot), patience.answer())
                    .whenComplete((reply, failure) -> end(call, reply, failure));
        } catch (DeviceException | RuntimeException e) {
            end(call, null, e);
        }
        return call;
    }

    private void end(CommandCall call, Reply reply, Throwable failure) {
        var cause = Causes.of(failure);
        if (cause == null && reply.outcome() instanceof Reply.Outcome.Refused refused) {
            cause = new BoardRefusedException(call.board(), refused);
        }
        tell(call, cause);
        if (cause == null) {
            var result = ((Reply.Outcome.Done) reply.outcome()).result();
            seen.accept(call.board(), result);
            call.result().complete(result);
        } else {
            call.result().completeExceptionally(cause);
        }
    }

    private void tell(CommandCall call, Throwable cause) {
        var outcome =
                cause == null ? CommandRecord.DONE : cause instanceof DeviceException known ? known.code() : "internal";
        var ended = new CommandRecord(
                call.id(),
                call.origin(),
                call.board(),
                call.command(),
                call.at(),
                outcome,
                cause == null || cause.getMessage() == null ? "" : cause.getMessage(),
                call.hops(),
                Duration.ofNanos(call.age(nanos.getAsLong())));
        listeners.forEach(listener -> listener.ended(ended));
    }

    private static boolean isForAnotherBoot(Reply reply) {
        return reply.outcome() instanceof Reply.Outcome.Refused refused && refused.code() == ErrorCode.WRONG_BOOT;
    }

    private BootId bootOf(BoardId board) throws DeviceException {
        var standing = presence.standing(board);
        if (standing.isEmpty()) {
            throw new UnknownDeviceException(board);
        }
        return PresenceTracker.birth(standing.get())
                .map(Presence.Up::boot)
                .orElseThrow(() -> new BoardOfflineException(board));
    }

    private CompletableFuture<Reply> send(CommandCall call, CommandId id, Optional<BootId> boot, Duration patience) {
        var reply = new CompletableFuture<Reply>();
        if (count.incrementAndGet() > MAX_UNDER_WAY) {
            count.decrementAndGet();
            return CompletableFuture.failedFuture(new GatewayBusyException(MAX_UNDER_WAY));
        }
        var timeout = timer.schedule(() -> giveUp(id, patience), patience.toNanos(), TimeUnit.NANOSECONDS);
        underWay.put(id, new UnderWay(call, reply, timeout));
        try {
            var payload = RequestCodec.encode(
                    new Request(id, boot, call.command()), call.origin().requestId());
            call.sent(id, nanos.getAsLong());
            messenger.send(
                    new NativeTopic.Requests(call.board(), gateway).name(),
                    payload,
                    () -> call.acknowledged(nanos.getAsLong()));
        } catch (BrokerDownException e) {
            call.notSent();
            take(id).ifPresent(waiting -> waiting.reply().completeExceptionally(e));
        }
        return reply;
    }

    private Optional<UnderWay> take(CommandId id) {
        var taken = Optional.ofNullable(underWay.remove(id));
        taken.ifPresent(waiting -> {
            count.decrementAndGet();
            waiting.timeout().cancel(false);
        });
        return taken;
    }

    private void giveUp(CommandId id, Duration patience) {
        take(id).ifPresent(waiting -> waiting.reply()
                .completeExceptionally(new NoAnswerException(
                        waiting.call().board() + " did not answer within " + patience.toMillis() + " ms")));
    }

    /** A reply came, on the topic of this board. */
    public void replied(BoardId board, Reply reply) {
        var waiting = underWay.get(reply.id());
        if (waiting == null) {
            LOG.debug("{} answered {} after its time", board, reply.id());
            presence.answered(board, reply.boot());
            return;
        }
        if (!waiting.call().board().equals(board)) {
            var other = waiting.call();
            other.origin().inLog(() -> LOG.warn("{} answered a command of {}; dropped", board, other.board()));
            return;
        }
        presence.answered(board, reply.boot());
        take(reply.id()).ifPresent(taken -> {
            taken.call().replied(nanos.getAsLong(), reply);
            taken.reply().complete(reply);
        });
    }

    /** The connection to the broker is gone: nobody will answer what is under way. */
    public void connectionLost() {
        for (var id : underWay.keySet()) {
            take(id).ifPresent(waiting -> waiting.reply()
                    .completeExceptionally(new NoAnswerException("the connection to the broker was lost before "
                            + waiting.call().board() + " answered")));
        }
    }

    /** Asks a board whether it is there, whatever its boot; ends with its answer, or as a command does. */
    CompletableFuture<Reply> probe(BoardId board, Duration patience) {
        var call = new CommandCall(
                board, new Command.ReadStatus(), Origin.gateway("check"), clock.instant(), nanos.getAsLong());
        return send(call, ids.next(), Optional.empty(), patience);
    }

    /** How many commands are under way. */
    public int underWay() {
        return count.get();
    }
}
