package dev.ft900.gateway.device;

import dev.ft900.protocol.message.Command;
import dev.ft900.protocol.name.BoardId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * A command that waits for its board, or what became of it.
 *
 * @param id by which it is looked up
 * @param deadline after which it is not sent any more
 * @param commandId under which it was sent to the board; empty before
 * @param ended when it reached its last state
 * @param outcome {@code done} or the code of the problem; empty before the end
 * @param detail in words; empty where there is nothing to say
 */
public record QueuedCommand(
        String id,
        BoardId board,
        Origin origin,
        Command command,
        State state,
        Instant created,
        Instant deadline,
        Optional<String> commandId,
        Optional<Instant> ended,
        Optional<String> outcome,
        String detail) {
    /** What was kept later than this from now was kept before the clock was set back: nobody knows whether its time is over. */
    public static final Duration CLOCK_SLEW = Duration.ofSeconds(5);

    /** Whether it may not be sent any more. */
    boolean isOver(Instant now) {
        return !deadline.isAfter(now) || created.isAfter(now.plus(CLOCK_SLEW));
    }

    /** Where a queued command stands. */
    public enum State {
        /** It has not been sent, or it was and the board did nothing for sure. */
        QUEUED("queued"),
        /** It is on its way: the board may have carried it out. */
        SENT("sent"),
        /** The board did it. */
        DONE("done"),
        /** It did not come to a good end; the outcome says whether the board did nothing or nobody knows. */
        FAILED("failed"),
        /** It was not sent before its deadline. */
        EXPIRED("expired");

        private final String word;

        State(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }

        public static Optional<State> from(String word) {
            return Arrays.stream(values())
                    .filter(state -> state.word.equals(word))
                    .findFirst();
        }
    }
}
