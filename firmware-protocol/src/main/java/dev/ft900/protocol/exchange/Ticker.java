package dev.ft900.protocol.exchange;

/** A clock that only goes forward. Its zero means nothing. */
public interface Ticker {
    /** The clock of this machine. */
    Ticker SYSTEM = System::nanoTime;

    /** Nanoseconds. */
    long nanos();
}
