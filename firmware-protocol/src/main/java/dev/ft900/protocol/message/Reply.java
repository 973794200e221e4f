package dev.ft900.protocol.message;

import dev.ft900.protocol.name.BootId;
import dev.ft900.protocol.name.CommandId;

/**
 * A board's answer to one request. That it exists means that the board did, or refused to do, what was asked.
 *
 * @param boot the run of the firmware that answers
 */
public record Reply(CommandId id, BootId boot, Outcome outcome) {

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
