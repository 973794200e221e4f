package dev.ft900.protocol.provisioning;

import dev.ft900.protocol.message.ClockState;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.BootId;
import java.util.Arrays;

/** What a provisioning station asks of a board. Byte tables: {@code docs/protocol.md}, section 7. */
public sealed interface StationRequest {
    /** Hands this request to the method made for its kind. */
    <R> R accept(Visitor<R> visitor);

    /** Who are you? Changes nothing. */
    record Hello() implements StationRequest {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.hello(this);
        }
    }

    /**
     * Feeds the board's random generator, and names the board if it has no UID yet. A board that has one keeps it.
     *
     * @param proposed the UID for a board that has none
     * @param seed {@value #SEED_BYTES} bytes from a cryptographic random generator
     */
    record Seed(Uid proposed, byte[] seed) implements StationRequest {
        public static final int SEED_BYTES = 48;

        public Seed {
            if (seed.length != SEED_BYTES) {
                throw new IllegalArgumentException("a seed has " + SEED_BYTES + " bytes; got " + seed.length);
            }
            if (proposed.isNone()) {
                throw new IllegalArgumentException("a proposed UID is not all zeros");
            }
            seed = seed.clone();
        }

        @Override
        public byte[] seed() {
            return seed.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Seed s && proposed.equals(s.proposed) && Arrays.equals(seed, s.seed);
        }

        @Override
        public int hashCode() {
            return 31 * proposed.hashCode() + Arrays.hashCode(seed);
        }

        /** Without the seed. */
        @Override
        public String toString() {
            return "Seed[proposed=" + proposed + "]";
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.seed(this);
        }
    }

    /** Sets the real-time clock. */
    record SetClock(ClockState.Set to) implements StationRequest {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.setClock(this);
        }
    }

    /**
     * Makes a P-256 key pair on the board and a certificate signing request (RFC 2986) for it. The private key never leaves the
     * board.
     *
     * @param nonce names this key: asking again with the same nonce and subject gives the same request, not a new key
     * @param subject becomes the common name in the signing request
     */
    record MakeKey(int nonce, BoardId subject) implements StationRequest {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.makeKey(this);
        }
    }

    /**
     * Reads a piece of an object.
     *
     * @param offset 0 to 65535 bytes
     * @param length 1 to {@link Transfer#MAX_READ} bytes; the reply may hold fewer at the object's end
     */
    record Read(StoredObject object, int offset, int length) implements StationRequest {
        public Read {
            if (offset < 0 || offset > 0xFFFF || length < 1 || length > Transfer.MAX_READ) {
                throw new IllegalArgumentException("a read has an offset of 0 to 65535 and a length of 1 to "
                        + Transfer.MAX_READ + "; got " + offset + ", " + length);
            }
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.read(this);
        }
    }

    /**
     * Begins to write the spare slot: erases it, unless the same write was begun before, which then goes on.
     *
     * @param uid the board that the record is meant for
     * @param generation must be higher than that of the slot in use, 1 to 4294967295
     * @param length bytes of the record, 1 to 65535
     * @param hash of the whole record
     */
    record Begin(Uid uid, long generation, int length, Digest hash) implements StationRequest {
        public Begin {
            if (generation < 1 || generation > 0xFFFF_FFFFL || length < 1 || length > 0xFFFF) {
                throw new IllegalArgumentException(
                        "a slot write has a generation of 1 to 4294967295 and 1 to 65535 bytes; got " + generation
                                + ", " + length);
            }
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.begin(this);
        }
    }

    /**
     * Writes a piece of the record that {@link Begin} announced. Pieces may come in any order, several at a time.
     *
     * @param offset a multiple of {@link Transfer#UNIT}
     * @param data 1 to {@link Transfer#MAX_WRITE} bytes; a multiple of {@link Transfer#UNIT} but for the last piece
     */
    record Write(int offset, byte[] data) implements StationRequest {
        public Write {
            if (offset < 0 || offset > 0xFFFF || offset % Transfer.UNIT != 0) {
                throw new IllegalArgumentException(
                        "a piece starts at a multiple of " + Transfer.UNIT + " below 65536; got " + offset);
            }
            if (data.length < 1 || data.length > Transfer.MAX_WRITE) {
                throw new IllegalArgumentException(
                        "a piece has 1 to " + Transfer.MAX_WRITE + " bytes; got " + data.length);
            }
            data = data.clone();
        }

        @Override
        public byte[] data() {
            return data.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Write w && offset == w.offset && Arrays.equals(data, w.data);
        }

        @Override
        public int hashCode() {
            return 31 * offset + Arrays.hashCode(data);
        }

        /** Without the data, which may hold a key. */
        @Override
        public String toString() {
            return "Write[offset=" + offset + ", " + data.length + " bytes]";
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.write(this);
        }
    }

    /** Asks for the hash of the record as it now stands in flash. */
    record Verify() implements StationRequest {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.verify(this);
        }
    }

    /** Makes the written record the one to use from the next boot on, on trial. */
    record Commit(Uid uid, long generation) implements StationRequest {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.commit(this);
        }
    }

    /** Erases identities. */
    record Erase(Uid uid, Scope scope) implements StationRequest {
        /** How much to erase. */
        public enum Scope {
            /** The slot that is not in use, with whatever write was begun. */
            SPARE_SLOT,
            /** Both slots and every key: the board forgets who it was. It keeps its UID. */
            EVERYTHING
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.erase(this);
        }
    }

    /** Reboots the board, if it is still in this boot. The reply leaves first. */
    record Reboot(BootId boot) implements StationRequest {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.reboot(this);
        }
    }

    /**
     * Asks the board to go on at another rate on its serial line once its answer has left. It goes back to its own rate when no good
     * frame comes within {@link #PROOF_MILLIS}, and at every boot. Means nothing over MQTT.
     *
     * @param baud bits per second, 300 to 12000000
     */
    record SetRate(int baud) implements StationRequest {
        /** How long a board waits at the new rate for the first good frame. */
        public static final int PROOF_MILLIS = 2_000;

        private static final int LOWEST = 300;
        private static final int HIGHEST = 12_000_000;

        public SetRate {
            if (baud < LOWEST || baud > HIGHEST) {
                throw new IllegalArgumentException(
                        "a rate is " + LOWEST + " to " + HIGHEST + " bits per second; got " + baud);
            }
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.setRate(this);
        }
    }

    /** One method per kind of request. */
    interface Visitor<R> {
        R hello(Hello request);

        R seed(Seed request);

        R setClock(SetClock request);

        R makeKey(MakeKey request);

        R read(Read request);

        R begin(Begin request);

        R write(Write request);

        R verify(Verify request);

        R commit(Commit request);

        R erase(Erase request);

        R reboot(Reboot request);

        R setRate(SetRate request);
    }
}
