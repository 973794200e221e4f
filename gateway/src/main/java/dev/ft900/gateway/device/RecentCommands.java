package dev.ft900.gateway.device;

import dev.ft900.protocol.name.BoardId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The last commands of each board, in memory: so many that change it, and as many others, so that one who reads often pushes no write out. Safe
 * for use by several threads.
 */
public final class RecentCommands implements CommandRecord.Listener {
    /** How many of each kind are kept of each board. */
    public static final int KEPT = 50;

    private final Map<BoardId, Last> byBoard = new ConcurrentHashMap<>();

    /** Those of one board, newest first. Guarded by itself. */
    private static final class Last {
        private final Deque<CommandRecord> all = new ArrayDeque<>();
        private int writes;

        void add(CommandRecord ended) {
            all.addFirst(ended);
            boolean isWrite = ended.command().changesTheBoard();
            writes += isWrite ? 1 : 0;
            if ((isWrite ? writes : all.size() - writes) > KEPT) {
                removeOldest(isWrite);
            }
        }

        private void removeOldest(boolean isWrite) {
            var oldest = all.descendingIterator();
            while (oldest.hasNext()) {
                if (oldest.next().command().changesTheBoard() == isWrite) {
                    oldest.remove();
                    writes -= isWrite ? 1 : 0;
                    return;
                }
            }
        }
    }

    @Override
    public void ended(CommandRecord ended) {
        var last = byBoard.computeIfAbsent(ended.board(), id -> new Last());
        synchronized (last) {
            last.add(ended);
        }
    }

    /** The last commands of a board, newest first. */
    public List<CommandRecord> of(BoardId board) {
        var last = byBoard.get(board);
        if (last == null) {
            return List.of();
        }
        synchronized (last) {
            return new ArrayList<>(last.all);
        }
    }

    /** Forgets a board that is not registered any more. */
    public void forget(BoardId board) {
        byBoard.remove(board);
    }
}
