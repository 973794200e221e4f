package dev.ft900.board.clock;

/** Something to do at a cycle, once. Setting it again moves it. */
public interface Alarm {
    /** @param cycle a cycle that has passed already counts as the next one */
    void at(long cycle);

    /** @param cycles from now; 0 and less count as 1 */
    void in(long cycles);

    void cancel();

    boolean isSet();

    /** When it is due. Only meaningful while {@link #isSet()}. */
    long cycle();
}
