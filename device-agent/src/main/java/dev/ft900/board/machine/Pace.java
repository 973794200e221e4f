package dev.ft900.board.machine;

/** Ties virtual time to something else. Called on the machine's thread between two slices of at most a millisecond of virtual time. */
@FunctionalInterface
public interface Pace {
    /** As fast as it goes, for scripted input. */
    Pace FREE = cycles -> {};

    /**
     * May wait, so that virtual time does not run ahead.
     *
     * @param cycles virtual time now
     */
    void at(long cycles);
}
