package dev.ft900.hil.bench;

/** The board's power switch. */
public interface Power {
    void on();

    /** Cuts the power: the board falls silent without a word. */
    void off();

    default void cycle() {
        off();
        on();
    }
}
