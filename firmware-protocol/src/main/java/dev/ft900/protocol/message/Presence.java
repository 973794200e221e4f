package dev.ft900.protocol.message;

import dev.ft900.protocol.name.BootId;
import java.util.Arrays;
import java.util.Optional;

/** What a board, or the broker in its name, says about its being there. */
public sealed interface Presence {
    BootId boot();

    /**
     * How many times this boot has connected, from 1. A {@link Gone} of an earlier connection says nothing about a later
     * one, in whatever order they arrive.
     */
    long connection();

    /**
     * The birth message: the board is connected and has subscribed.
     *
     * @param slotGeneration generation of the slot with which it connected
     * @param fellBack why the board left a newer slot and came back on an older one, if it did
     */
    record Up(
            BootId boot,
            long connection,
            ResetCause cause,
            FirmwareVersion firmware,
            boolean clockSet,
            long slotGeneration,
            Optional<FallBack> fellBack)
            implements Presence {}

    /** The last will, published by the broker when the connection is lost; also sent by a board that leaves in order. */
    record Gone(BootId boot, long connection) implements Presence {}

    /** Why a slot was given up. */
    enum FallBack {
        /** The broker could not be reached. */
        UNREACHABLE("unreachable"),
        /** The broker's certificate does not lead to a trust anchor of the slot, or has another name. */
        UNTRUSTED_BROKER("untrusted-broker"),
        /** The broker refused the board. */
        REFUSED("refused");

        private final String word;

        FallBack(String word) {
            this.word = word;
        }

        /** The reason that goes by this word on the wire and in REST. */
        public static Optional<FallBack> from(String word) {
            return Arrays.stream(values()).filter(f -> f.word.equals(word)).findFirst();
        }

        public String word() {
            return word;
        }
    }
}
