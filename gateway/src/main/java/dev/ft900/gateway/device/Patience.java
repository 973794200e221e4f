package dev.ft900.gateway.device;

import java.time.Duration;

/**
 * How long a caller waits.
 *
 * @param connect for a board that is not connected to come; zero to be told at once
 * @param answer for the board's answer once it has been asked
 */
public record Patience(Duration connect, Duration answer) {
    /** Waits for the answer only. */
    public static Patience forAnswer(Duration answer) {
        return new Patience(Duration.ZERO, answer);
    }
}
