package dev.ft900.protocol.frame;

import dev.ft900.protocol.wire.ByteReader;
import dev.ft900.protocol.wire.ByteReader.MalformedException;
import dev.ft900.protocol.wire.ByteWriter;
import dev.ft900.protocol.wire.Crc32;
import java.util.Arrays;

/**
 * One provisioning frame. Its plain form (type, sequence number, payload, CRC-32) is what MQTT carries; on a serial line
 * {@link SerialFraming} puts marks around it.
 *
 * @param type 1 byte; bit 7 set in replies
 * @param sequence 2 bytes; a reply repeats that of its request
 * @param payload 0 to {@value #MAX_PAYLOAD} bytes
 */
public record Frame(int type, int sequence, byte[] payload) {
    /** The longest plain form, in bytes: what fits one MQTT message. */
    public static final int MAX_PLAIN_BYTES = 256;

    /** Type, sequence number and CRC. */
    public static final int OVERHEAD = 1 + 2 + 4;

    /** The longest payload, in bytes. */
    public static final int MAX_PAYLOAD = MAX_PLAIN_BYTES - OVERHEAD;

    /** Sequence numbers count modulo this. */
    public static final int SEQUENCE_MODULUS = 1 << 16;

    public Frame {
        if (type < 0 || type > 0xFF || sequence < 0 || sequence >= SEQUENCE_MODULUS || payload.length > MAX_PAYLOAD) {
            throw new IllegalArgumentException("a frame has a type of 8 bits, a sequence number of 16 and at most "
                    + MAX_PAYLOAD + " bytes of payload; got type " + type + ", sequence " + sequence + ", "
                    + payload.length + " bytes");
        }
        payload = payload.clone();
    }

    @Override
    public byte[] payload() {
        return payload.clone();
    }

    /** The plain form. */
    public byte[] toPlain() {
        var out = new ByteWriter().u8(type).u16(sequence).bytes(payload);
        return out.i32(Crc32.of(out.toBytes())).toBytes();
    }

    /**
     * Reads a plain form.
     *
     * @throws MalformedException too short, too long, or the checksum does not fit
     */
    public static Frame fromPlain(byte[] plain) throws MalformedException {
        if (plain.length < OVERHEAD || plain.length > MAX_PLAIN_BYTES) {
            throw new MalformedException(
                    "a frame is " + OVERHEAD + " to " + MAX_PLAIN_BYTES + " bytes; got " + plain.length);
        }
        int body = plain.length - 4;
        int expected = new ByteReader(plain, body, 4).i32();
        if (Crc32.of(plain, 0, body) != expected) {
            throw new MalformedException("the frame's checksum does not fit its bytes");
        }
        var in = new ByteReader(plain, 0, body);
        return new Frame(in.u8(), in.u16(), in.rest());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Frame f
                && type == f.type
                && sequence == f.sequence
                && Arrays.equals(payload, f.payload);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * type + sequence) + Arrays.hashCode(payload);
    }

    /** Without the payload, which may hold a seed or a key. */
    @Override
    public String toString() {
        return String.format("Frame[type=0x%02x, sequence=%d, %d bytes]", type, sequence, payload.length);
    }
}
