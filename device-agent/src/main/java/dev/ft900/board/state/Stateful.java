package dev.ft900.board.state;

/** A part of a machine with values that a snapshot keeps. */
public interface Stateful {
    void save(StateWriter out);

    /**
     * Reads exactly what {@link #save} wrote, and brings the part into that state without any visible effect on others: no interrupt
     * line is reported, no byte sent. Alarms are set again by their absolute cycles.
     *
     * @throws SnapshotException the values are none that {@link #save} writes
     */
    void restore(StateReader in);
}
