package dev.ft900.protocol.message;

import dev.ft900.protocol.pad.PadState;
import dev.ft900.protocol.pad.PadsState;

/** What came of a command that was done. */
public sealed interface Result {
    /** Hands this result to the method made for its kind. */
    <R> R accept(Visitor<R> visitor);

    /** Answer to reading or writing one pad: the pad afterwards. */
    record OnePad(PadState state) implements Result {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.onePad(this);
        }
    }

    /** Answer to reading or writing all pads: the pads afterwards. */
    record AllPads(PadsState state) implements Result {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.allPads(this);
        }
    }

    /** Answer to reading or setting the clock: the clock afterwards. */
    record Clock(ClockState state) implements Result {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.clock(this);
        }
    }

    /** The board resets once this reply has left. */
    record Resetting() implements Result {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.resetting(this);
        }
    }

    record Status(BoardStatus status) implements Result {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.status(this);
        }
    }

    record Network(NetworkInfo network) implements Result {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.network(this);
        }
    }

    /**
     * The bytes are in the UART's queue.
     *
     * @param bytes how many, in UTF-8
     */
    record UartWritten(int bytes) implements Result {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.uartWritten(this);
        }
    }

    /** One method per kind of result. */
    interface Visitor<R> {
        R onePad(OnePad result);

        R allPads(AllPads result);

        R clock(Clock result);

        R resetting(Resetting result);

        R status(Status result);

        R network(Network result);

        R uartWritten(UartWritten result);
    }
}
