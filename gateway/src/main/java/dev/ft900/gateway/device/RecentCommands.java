package dev.ft900.gateway.device;

import dev.ft900.protocol.name.BoardId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The last commands of each board, reads too, in memory. Safe for use by several threads. */
public final class RecentCommands implements CommandRecord.Listener {
    /** How many are kept of each board. */
    public static final int KEPT = 50;

    private final Map<BoardId, Deque<CommandRecord>> byBoard = new ConcurrentHashMap<>();

    @Override
    public void ended(CommandRecord ended) {
        var last = byBoard.computeIfAbsent(ended.board(), id -> new ArrayDeque<>());
        synchronized (last) {
            if (last.size() == KEPT) {
                last.removeLast();
            }
            last.addFirst(ended);
        }
    }

    /** The last commands of a board, newest first. */
    public List<CommandRecord> of(BoardId board) {
        var last = byBoard.get(board);
        if (last == null) {
            return List.of();
        }
        synchronized (last) {
            return new ArrayList<>(last);
        }
    }

    /** Forgets a board that is not registered any more. */
    public void forget(BoardId board) {
        byBoard.remove(board);
    }
}
