package dev.ft900.board.clock;

import dev.ft900.board.state.SnapshotException;
import dev.ft900.board.state.StateReader;
import dev.ft900.board.state.StateWriter;
import dev.ft900.board.state.Stateful;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * The alarms of one machine. Whoever advances time asks when the next one is due, and fires those that are. Its state is which alarm is set to
 * which cycle, and their order; so devices need not save their alarms.
 */
public final class AlarmQueue implements SimClock, Stateful {
    /** Stands for "no alarm is set". */
    public static final long NEVER = Long.MAX_VALUE;

    private final LongSupplier now;
    private final LongConsumer onEarlier;
    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(Comparator.comparingLong((Entry e) -> e.cycle).thenComparingLong(e -> e.order));
    private final Map<String, Entry> byName = new LinkedHashMap<>();
    private long settings;

    /**
     * @param now the current cycle
     * @param onEarlier told the cycle when an alarm becomes the first to be due
     */
    public AlarmQueue(LongSupplier now, LongConsumer onEarlier) {
        this.now = now;
        this.onEarlier = onEarlier;
    }

    @Override
    public long cycles() {
        return now.getAsLong();
    }

    @Override
    public Alarm alarm(String name, Runnable action) {
        var entry = new Entry(name, action);
        if (byName.putIfAbsent(name, entry) != null) {
            throw new IllegalArgumentException("expected one alarm of the name " + name);
        }
        return entry;
    }

    /** The cycle of the first alarm, or {@link #NEVER}. */
    public long next() {
        var first = entries.peek();
        return first == null ? NEVER : first.cycle;
    }

    /** Runs every alarm that is due by now, also those that others set meanwhile for this cycle or earlier. */
    public void fireDue() {
        long at = now.getAsLong();
        for (var first = entries.peek(); first != null && first.cycle <= at; first = entries.peek()) {
            entries.poll();
            first.set = false;
            first.action.run();
        }
    }

    @Override
    public void save(StateWriter out) {
        var inOrder = entries.stream().sorted(entries.comparator()).toList();
        out.putInt(inOrder.size());
        for (var entry : inOrder) {
            out.putText(entry.name);
            out.putLong(entry.cycle);
        }
    }

    @Override
    public void restore(StateReader in) {
        byName.values().forEach(Entry::cancel);
        int count = in.getInt(0, byName.size());
        for (int i = 0; i < count; i++) {
            var name = in.getText();
            var entry = byName.get(name);
            if (entry == null) {
                throw new SnapshotException("expected an alarm of this machine in the snapshot; got " + name);
            }
            entry.at(in.getLong());
        }
    }

    private final class Entry implements Alarm {
        private final String name;
        private final Runnable action;
        private long cycle;
        private long order;
        private boolean set;

        Entry(String name, Runnable action) {
            this.name = name;
            this.action = action;
        }

        @Override
        public void at(long wanted) {
            cancel();
            cycle = Math.max(wanted, now.getAsLong() + 1);
            order = settings++;
            set = true;
            entries.add(this);
            if (entries.peek() == this) {
                onEarlier.accept(cycle);
            }
        }

        @Override
        public void in(long cycles) {
            at(now.getAsLong() + cycles);
        }

        @Override
        public void cancel() {
            if (set) {
                entries.remove(this);
                set = false;
            }
        }

        @Override
        public boolean isSet() {
            return set;
        }

        @Override
        public long cycle() {
            return cycle;
        }

        @Override
        public String toString() {
            return set ? name + " at " + cycle : name;
        }
    }
}
