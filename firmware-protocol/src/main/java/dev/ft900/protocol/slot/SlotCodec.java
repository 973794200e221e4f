package dev.ft900.protocol.slot;

import dev.ft900.protocol.message.Ipv4Address;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.pad.PadSet;
import dev.ft900.protocol.wire.ByteReader;
import dev.ft900.protocol.wire.ByteReader.MalformedException;
import dev.ft900.protocol.wire.ByteWriter;
import dev.ft900.protocol.wire.Crc32;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The bytes of a slot record: a header, fields in ascending order of their tags, a CRC-32 over all before it. Field by field in
 * {@code docs/protocol.md}, section 8.
 */
public final class SlotCodec {
    /** The first bytes of every record: "FT9S". */
    public static final int MAGIC = 0x53395446;

    private static final int VERSION = 1;
    private static final int HEADER = 4 + 1 + 1 + 2 + 4;
    private static final int CRC = 4;

    private static final int TAG_ID = 1;
    private static final int TAG_HOST = 2;
    private static final int TAG_PORT = 3;
    private static final int TAG_SERVER_NAME = 4;
    private static final int TAG_ANCHOR_1 = 5;
    private static final int TAG_ANCHOR_2 = 6;
    private static final int TAG_CHAIN = 7;
    private static final int TAG_KEY = 8;
    private static final int TAG_STATIC_ADDRESS = 9;
    private static final int TAG_RESERVED_PADS = 10;

    private SlotCodec() {}

    /**
     * The record's bytes.
     *
     * @throws IllegalArgumentException it comes out longer than {@link SlotRecord#MAX_BYTES}
     */
    public static byte[] encode(SlotRecord record) {
        var fields = new ByteWriter();
        field(fields, TAG_ID, ascii(record.id().value()));
        field(fields, TAG_HOST, ascii(record.broker().host()));
        field(fields, TAG_PORT, new ByteWriter().u16(record.broker().port()).toBytes());
        field(fields, TAG_SERVER_NAME, ascii(record.broker().serverName()));
        for (int i = 0; i < record.anchors().size(); i++) {
            field(fields, TAG_ANCHOR_1 + i, record.anchors().get(i).bytes());
        }
        var chain = new ByteWriter();
        record.chain().forEach(certificate -> chain.u16(certificate.length()).bytes(certificate.bytes()));
        field(fields, TAG_CHAIN, chain.toBytes());
        record.key().ifPresent(key -> field(fields, TAG_KEY, key.bytes()));
        if (record.addressing() instanceof Addressing.Static fixed) {
            var address = new ByteWriter();
            for (var part : List.of(fixed.address(), fixed.mask(), fixed.router(), fixed.dns())) {
                address.i32(part.bits());
            }
            field(fields, TAG_STATIC_ADDRESS, address.toBytes());
        }
        if (!record.reserved().isEmpty()) {
            var low = record.reserved().low();
            var mask = new ByteWriter()
                    .i32((int) low)
                    .i32((int) (low >>> 32))
                    .u8(record.reserved().high());
            field(fields, TAG_RESERVED_PADS, mask.toBytes());
        }
        int total = HEADER + fields.size() + CRC;
        if (total > SlotRecord.MAX_BYTES) {
            throw new IllegalArgumentException("a slot record has at most " + SlotRecord.MAX_BYTES
                    + " bytes; this one comes out at " + total + ". Shorten the certificate chain.");
        }
        var out = new ByteWriter()
                .i32(MAGIC)
                .u8(VERSION)
                .u8(0)
                .u16(total)
                .u32(record.generation())
                .bytes(fields.toBytes());
        return out.i32(Crc32.of(out.toBytes())).toBytes();
    }

    /**
     * Reads a record.
     *
     * @throws MalformedException the bytes break a rule of the record; the message names it
     */
    public static SlotRecord decode(byte[] bytes) throws MalformedException {
        int total = checkedLength(bytes);
        var header = new ByteReader(bytes, 8, 4);
        long generation = header.u32();
        var fields = fields(new ByteReader(bytes, HEADER, total - HEADER - CRC));
        try {
            var anchors = new ArrayList<Der>();
            anchors.add(new Der(required(fields, TAG_ANCHOR_1, "a trust anchor")));
            Optional.ofNullable(fields.get(TAG_ANCHOR_2)).map(Der::new).ifPresent(anchors::add);
            return new SlotRecord(
                    new BoardId(text(fields, TAG_ID, "a board id")),
                    generation,
                    new BrokerAddress(
                            text(fields, TAG_HOST, "a broker host"),
                            port(required(fields, TAG_PORT, "a broker port")),
                            text(fields, TAG_SERVER_NAME, "a server name")),
                    anchors,
                    chain(required(fields, TAG_CHAIN, "a certificate chain")),
                    Optional.ofNullable(fields.get(TAG_KEY)).map(Der::new),
                    addressing(fields),
                    reserved(fields));
        } catch (IllegalArgumentException e) {
            throw new MalformedException(e.getMessage());
        }
    }

    /** The same record with its private key overwritten by zeros, if it holds one: what a board gives out. */
    public static byte[] withoutKey(byte[] record) throws MalformedException {
        var blank = decode(record);
        return blank.key().isEmpty()
                ? record.clone()
                : encode(new SlotRecord(
                        blank.id(),
                        blank.generation(),
                        blank.broker(),
                        blank.anchors(),
                        blank.chain(),
                        blank.key().map(key -> new Der(new byte[key.length()])),
                        blank.addressing(),
                        blank.reserved()));
    }

    private static int checkedLength(byte[] bytes) throws MalformedException {
        var in = new ByteReader(bytes);
        if (in.remaining() < HEADER + CRC || in.i32() != MAGIC) {
            throw new MalformedException("a slot record begins with FT9S");
        }
        int version = in.u8();
        if (version != VERSION) {
            throw new MalformedException("a slot record has version " + VERSION + "; got " + version);
        }
        int flags = in.u8();
        if (flags != 0) {
            throw new MalformedException("no flag of a slot record is in use; got " + flags);
        }
        int total = in.u16();
        if (total != bytes.length || total > SlotRecord.MAX_BYTES) {
            throw new MalformedException("a slot record says its length, at most " + SlotRecord.MAX_BYTES + "; it says "
                    + total + " and has " + bytes.length);
        }
        if (new ByteReader(bytes, total - CRC, CRC).i32() != Crc32.of(bytes, 0, total - CRC)) {
            throw new MalformedException("the slot record's checksum does not fit its bytes");
        }
        return total;
    }

    private static TreeMap<Integer, byte[]> fields(ByteReader in) throws MalformedException {
        var fields = new TreeMap<Integer, byte[]>();
        while (in.remaining() > 0) {
            int tag = in.u8();
            if (!fields.isEmpty() && tag <= fields.lastKey()) {
                throw new MalformedException(
                        "fields stand in ascending order; " + tag + " came after " + fields.lastKey());
            }
            if (tag < TAG_ID || tag > TAG_RESERVED_PADS) {
                throw new MalformedException("a field's tag is 1 to " + TAG_RESERVED_PADS + "; got " + tag);
            }
            fields.put(tag, in.bytes(in.u16()));
        }
        return fields;
    }

    private static byte[] required(TreeMap<Integer, byte[]> fields, int tag, String what) throws MalformedException {
        var field = fields.get(tag);
        if (field == null) {
            throw new MalformedException("a slot record holds " + what + " (field " + tag + ")");
        }
        return field;
    }

    private static String text(TreeMap<Integer, byte[]> fields, int tag, String what) throws MalformedException {
        return ByteReader.ascii(required(fields, tag, what));
    }

    private static int port(byte[] field) throws MalformedException {
        var in = new ByteReader(field);
        int port = in.u16();
        in.end();
        return port;
    }

    private static List<Der> chain(byte[] field) throws MalformedException {
        var in = new ByteReader(field);
        var chain = new ArrayList<Der>();
        while (in.remaining() > 0) {
            chain.add(new Der(in.bytes(in.u16())));
        }
        return chain;
    }

    private static Addressing addressing(TreeMap<Integer, byte[]> fields) throws MalformedException {
        var field = fields.get(TAG_STATIC_ADDRESS);
        if (field == null) {
            return new Addressing.Dhcp();
        }
        var in = new ByteReader(field);
        var fixed = new Addressing.Static(
                new Ipv4Address(in.i32()),
                new Ipv4Address(in.i32()),
                new Ipv4Address(in.i32()),
                new Ipv4Address(in.i32()));
        in.end();
        return fixed;
    }

    private static PadSet reserved(TreeMap<Integer, byte[]> fields) throws MalformedException {
        var field = fields.get(TAG_RESERVED_PADS);
        if (field == null) {
            return PadSet.NONE;
        }
        var in = new ByteReader(field);
        long low = in.u32() | in.u32() << 32;
        var pads = new PadSet(low, in.u8());
        in.end();
        return pads;
    }

    private static void field(ByteWriter out, int tag, byte[] value) {
        out.u8(tag).u16(value.length).bytes(value);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
