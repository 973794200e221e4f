package dev.ft900.protocol.message;

import dev.ft900.protocol.name.BootId;
import dev.ft900.protocol.name.CommandId;
import java.util.OptionalInt;

/**
 * A board's answer to one request. That it exists means that the board did, or refused to do, what was asked.
 *
 * @param boot the run of the firmware that answers
 * @param took microseconds from the board's having the request to its giving the reply out, 0 to {@value #MAX_MICROS} where the value
 *     stands for anything longer; empty when the board does not say
 */
public record Reply(CommandId id, BootId boot, Outcome outcome, OptionalInt took) {
    /** The longest time that a reply can state, in microseconds: seven digits, for which there is room beside any result. */
    public static final int MAX_MICROS = 9_999_999;

    public Reply {
        if (took.isPresent() && (took.getAsInt() < 0 || took.getAsInt() > MAX_MICROS)) {
            throw new IllegalArgumentException(
                    "a board takes 0 to " + MAX_MICROS + " microseconds; got " + took.getAsInt());
        }
    }

    /** A reply of a board that does not say how long it took. */
    public Reply(CommandId id, BootId boot, Outcome outcome) {
        this(id, boot, outcome, OptionalInt.empty());
    }

    /** Either done, with what came of it, or refused. */
    public sealed interface Outcome {
        /** The board did it. */
        record Done(Result result) implements Outcome {}

        /**
         * The board did not do it, and nothing changed.
         *
         * @param words one sentence for people, at most {@value #MAX_WORDS} characters of printable ASCII
         */
        record Refused(ErrorCode code, String words) implements Outcome {
            public static final int MAX_WORDS = 96;

            public Refused {
                words = PrintableAscii.cut(words, MAX_WORDS);
            }
        }
    }

    public static Reply done(CommandId id, BootId boot, Result result) {
        return new Reply(id, boot, new Outcome.Done(result));
    }

    public static Reply refused(CommandId id, BootId boot, ErrorCode code, String words) {
        return new Reply(id, boot, new Outcome.Refused(code, words));
    }
}
