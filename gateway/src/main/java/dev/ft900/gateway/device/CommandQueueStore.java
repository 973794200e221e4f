package dev.ft900.gateway.device;

import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.CommandId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where queued commands are kept. When a call returns, what it did is on disk. Safe for use by several threads. */
public interface CommandQueueStore {
    void add(QueuedCommand command);

    Optional<QueuedCommand> find(BoardId board, String id);

    /** The last commands of a board, newest first. */
    List<QueuedCommand> of(BoardId board, int most);

    /** The oldest command of a board that waits to be sent; empty while an older one is on its way. */
    Optional<QueuedCommand> next(BoardId board);

    /** The boards for which commands wait to be sent. */
    List<BoardId> waiting();

    /** How many commands wait to be sent. */
    int waitingInAll();

    /** How many of a board's commands wait to be sent. */
    int waiting(BoardId board);

    /** Whether any is queued or sent. */
    boolean hasOpen(BoardId board);

    /**
     * It is about to be sent by this gateway under this id.
     *
     * @return false when it does not wait any more: another gateway sends it, or its deadline is over
     */
    boolean claim(String id, CommandId as, Instant now);

    /** The board did nothing: what this gateway sent waits again. */
    void again(String id);

    /** It has come to its end, unless it is another gateway's. */
    void ended(String id, QueuedCommand.State state, String outcome, String detail, Instant at);

    /** Ends all that wait longer than they may. */
    void expire(Instant now);

    /** Ends all that were on their way when a gateway stopped, this one or another: what became of them nobody knows. */
    int interrupted(Instant now);

    /** Forgets what ended before. */
    void forget(Instant before);
}
