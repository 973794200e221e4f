package dev.ft900.gateway.device;

import dev.ft900.protocol.message.Command;
import dev.ft900.protocol.message.Reply;
import dev.ft900.protocol.message.Result;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.BootId;
import dev.ft900.protocol.name.CommandId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/**
 * One command on its way to a board and back, with the times at which it passed each hop. Times are written by the thread that brings it
 * further and read when {@link #result} is complete.
 */
public final class CommandCall {
    private final BoardId board;
    private final Command command;
    private final Origin origin;
    private final Instant at;
    private final long accepted;
    private final CompletableFuture<Result> result = new CompletableFuture<>();
    private volatile CommandId id;
    private volatile long sent;
    private volatile long acknowledged;
    private volatile long replied;
    private volatile OptionalInt took = OptionalInt.empty();
    private volatile BootId boot;

    CommandCall(BoardId board, Command command, Origin origin, Instant at, long nanos) {
        this.board = board;
        this.command = command;
        this.origin = origin;
        this.at = at;
        this.accepted = nanos;
    }

    public BoardId board() {
        return board;
    }

    public Command command() {
        return command;
    }

    public Origin origin() {
        return origin;
    }

    /** When the gateway took it. */
    public Instant at() {
        return at;
    }

    /** Its id on the way to the board; empty when nothing was sent. */
    public Optional<CommandId> id() {
        return Optional.ofNullable(id);
    }

    /** The boot of the board that answered; empty when none did. */
    Optional<BootId> boot() {
        return Optional.ofNullable(boot);
    }

    /** What came of it; ends with a {@link DeviceException}. */
    public CompletableFuture<Result> result() {
        return result;
    }

    void sent(CommandId as, long nanos) {
        id = as;
        acknowledged = 0;
        sent = nanos;
    }

    /** It turned out that it could not be sent. */
    void notSent() {
        id = null;
        sent = 0;
    }

    /** Nanoseconds since it was taken. */
    long age(long nanos) {
        return nanos - accepted;
    }

    void acknowledged(long nanos) {
        acknowledged = nanos;
    }

    void replied(long nanos, Reply reply) {
        took = reply.took();
        boot = reply.boot();
        replied = nanos;
    }

    /** Where the time went, as far as it has come. */
    public Hops hops() {
        if (sent == 0) {
            return Hops.NONE;
        }
        long queue = micros(sent - accepted);
        long out = acknowledged == 0 ? Hops.UNKNOWN : micros(acknowledged - sent);
        if (replied == 0) {
            return new Hops(queue, out, Hops.UNKNOWN, Hops.UNKNOWN);
        }
        long away = micros(replied - sent);
        long inBoard = took.isPresent() ? Math.min(took.getAsInt(), away) : Hops.UNKNOWN;
        // The acknowledgement can be seen after the reply: then all of the time away lies before it.
        long before = out == Hops.UNKNOWN ? 0 : Math.min(out, away - Math.max(0, inBoard));
        return new Hops(queue, out == Hops.UNKNOWN ? out : before, inBoard, away - before - Math.max(0, inBoard));
    }

    private static long micros(long nanos) {
        return Math.max(0, nanos) / 1_000;
    }
}
