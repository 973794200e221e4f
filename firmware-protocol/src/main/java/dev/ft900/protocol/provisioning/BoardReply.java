package dev.ft900.protocol.provisioning;

import java.util.Arrays;

/** A board's answer to one {@link StationRequest}. */
public sealed interface BoardReply {
    /** Answer to {@link StationRequest.Hello}. */
    record HelloIs(BoardIdentity identity) implements BoardReply {}

    /** Answer to {@link StationRequest.Seed}: the UID that holds from now on. */
    record Seeded(Uid uid) implements BoardReply {}

    /** Answer to requests whose success says it all: set clock, write, commit, erase, reboot, set rate. */
    record Ok() implements BoardReply {}

    /**
     * Answer to {@link StationRequest.MakeKey}.
     *
     * @param length bytes of the signing request, to be read as {@link StoredObject#SIGNING_REQUEST}
     */
    record KeyMade(int length, Digest hash) implements BoardReply {}

    /**
     * Answer to {@link StationRequest.Read}.
     *
     * @param totalLength bytes of the whole object
     */
    record Piece(int totalLength, int offset, byte[] data) implements BoardReply {
        public Piece {
            data = data.clone();
        }

        @Override
        public byte[] data() {
            return data.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Piece p
                    && totalLength == p.totalLength
                    && offset == p.offset
                    && Arrays.equals(data, p.data);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * totalLength + offset) + Arrays.hashCode(data);
        }

        @Override
        public String toString() {
            return "Piece[totalLength=" + totalLength + ", offset=" + offset + ", " + data.length + " bytes]";
        }
    }

    /**
     * Answer to {@link StationRequest.Begin}.
     *
     * @param written bytes from the start that are in flash already, from an earlier try
     */
    record Begun(int written) implements BoardReply {}

    /** Answer to {@link StationRequest.Verify}: the hash of what is in flash. */
    record Hash(Digest hash) implements BoardReply {}

    /**
     * The board did not do it.
     *
     * @param words one sentence for people, at most {@value #MAX_WORDS} characters of printable ASCII
     */
    record Refused(Refusal refusal, String words) implements BoardReply {
        public static final int MAX_WORDS = 120;

        public Refused {
            var plain = new StringBuilder();
            words.chars().limit(MAX_WORDS).forEach(c -> plain.append(c >= 0x20 && c < 0x7F ? (char) c : '?'));
            words = plain.toString();
        }
    }
}
