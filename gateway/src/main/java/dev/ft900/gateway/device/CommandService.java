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
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends commands to boards and brings back what became of them. Any number may be under way, up to a bound. Futures end with a
 * {@link DeviceException} when the command did not come to a good end, and complete on the thread that brings the reply or the time-out:
 * whoever has more than a little to do goes on elsewhere. Safe for use by several threads.
 */
public final class CommandService {
    private static final Logger LOG = LoggerFactory.getLogger(CommandService.class);

    /** As many as Paho lets under way. */
    static final int MAX_UNDER_WAY = 5_000;

    private final GatewayName gateway;
    private final Messenger messenger;
    private final PresenceTracker presence;
    private final ScheduledExecutorService timer;
    private final CommandIds ids = new CommandIds();
    private final Map<CommandId, UnderWay> underWay = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();

    /** @param timer for time-outs; its work is short */
    public CommandService(
            GatewayName gateway, Messenger messenger, PresenceTracker presence, ScheduledExecutorService timer) {
        this.gateway = gateway;
        this.messenger = messenger;
        this.presence = presence;
        this.timer = timer;
    }

    /** A command that was sent and is not answered. */
    private record UnderWay(BoardId board, CompletableFuture<Reply> reply, Future<?> timeout) {}

    /**
     * Asks a board to do something.
     *
     * @param patience how long to wait for the answer
     * @return what came of it; ends with a {@link DeviceException}
     */
    public CompletableFuture<Result> ask(BoardId board, Command command, Duration patience) {
        Optional<BootId> boot;
        try {
            boot = Optional.of(bootOf(board));
        } catch (DeviceException e) {
            return CompletableFuture.failedFuture(e);
        }
        return send(board, command, boot, patience)
                .thenCompose(reply -> isForAnotherBoot(reply)
                        // It rebooted a moment ago, and did nothing: it can safely be asked again.
                        ? send(board, command, Optional.of(reply.boot()), patience)
                        : CompletableFuture.completedFuture(reply))
                .thenApply(reply -> result(board, reply));
    }

    private static boolean isForAnotherBoot(Reply reply) {
        return reply.outcome() instanceof Reply.Outcome.Refused refused && refused.code() == ErrorCode.WRONG_BOOT;
    }

    private static Result result(BoardId board, Reply reply) {
        if (reply.outcome() instanceof Reply.Outcome.Done done) {
            return done.result();
        }
        throw new CompletionException(new BoardRefusedException(board, (Reply.Outcome.Refused) reply.outcome()));
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

    private CompletableFuture<Reply> send(BoardId board, Command command, Optional<BootId> boot, Duration patience) {
        var reply = new CompletableFuture<Reply>();
        if (count.incrementAndGet() > MAX_UNDER_WAY) {
            count.decrementAndGet();
            return CompletableFuture.failedFuture(new GatewayBusyException(MAX_UNDER_WAY));
        }
        var id = ids.next();
        var timeout = timer.schedule(() -> giveUp(id, patience), patience.toNanos(), TimeUnit.NANOSECONDS);
        underWay.put(id, new UnderWay(board, reply, timeout));
        try {
            messenger.send(
                    new NativeTopic.Requests(board, gateway).name(),
                    RequestCodec.encode(new Request(id, boot, command)));
        } catch (BrokerDownException e) {
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
                        waiting.board() + " did not answer within " + patience.toMillis() + " ms")));
    }

    /** A reply came, on the topic of this board. */
    public void replied(BoardId board, Reply reply) {
        var waiting = underWay.get(reply.id());
        if (waiting == null) {
            LOG.debug("{} answered {} after its time", board, reply.id());
            return;
        }
        if (!waiting.board().equals(board)) {
            LOG.warn("{} answered a command of {}; dropped", board, waiting.board());
            return;
        }
        presence.answered(board, reply.boot());
        take(reply.id()).ifPresent(taken -> taken.reply().complete(reply));
    }

    /** The connection to the broker is gone: nobody will answer what is under way. */
    public void connectionLost() {
        for (var id : underWay.keySet()) {
            take(id).ifPresent(waiting -> waiting.reply()
                    .completeExceptionally(new NoAnswerException(
                            "the connection to the broker was lost before " + waiting.board() + " answered")));
        }
    }

    /** Asks a board of which there is only a hint whether it is there. */
    public void check(BoardId board, Presence.Up hint, Duration patience) {
        send(board, new Command.ReadStatus(), Optional.empty(), patience).whenComplete((reply, failure) -> {
            if (failure != null) {
                LOG.debug("{} was said to be there and does not answer: {}", board, failure.getMessage());
                presence.silent(board, hint);
            }
        });
    }

    /** How many commands are under way. */
    public int underWay() {
        return count.get();
    }
}
