package dev.ft900.protocol.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.pad.PadSet;
import dev.ft900.protocol.wire.ByteReader.MalformedException;
import dev.ft900.protocol.wire.ByteWriter;
import dev.ft900.protocol.wire.Crc32;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SlotCodecTest {
    private static final Der CERTIFICATE = new Der(new byte[] {0x30, 3, 2, 1, 5});
    private static final byte[] SECRET = {0x30, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77};

    private static SlotRecord record(Optional<Der> key) {
        return new SlotRecord(
                new BoardId("board1"),
                7,
                new BrokerAddress("192.168.1.2", 8883, "broker.local"),
                List.of(CERTIFICATE),
                List.of(CERTIFICATE, CERTIFICATE),
                key,
                new Addressing.Dhcp(),
                PadSet.of(60));
    }

    @Property
    void everyRecordComesBackAsItWas(@ForAll SlotRecord record) throws MalformedException {
        var bytes = SlotCodec.encode(record);

        assertThat(bytes).hasSizeLessThanOrEqualTo(SlotRecord.MAX_BYTES);
        assertThat(SlotCodec.decode(bytes)).isEqualTo(record);
    }

    @Property(tries = 2000)
    void anyFieldsBehindAGoodHeaderLeadToADeclaredOutcome(@ForAll @Size(max = 400) byte[] fields) {
        decodeOrRefuse(wrapped(fields));
        decodeOrRefuse(fields);
    }

    @Property(tries = 2000)
    void aRecordWithOneByteChangedAndItsChecksumMendedLeadsToADeclaredOutcome(
            @ForAll SlotRecord record, @ForAll @IntRange(max = 6000) int at, @ForAll byte instead) {
        var bytes = SlotCodec.encode(record);
        int body = bytes.length - 4;
        bytes[at % body] = instead;
        var mended = new ByteWriter()
                .bytes(Arrays.copyOf(bytes, body))
                .i32(Crc32.of(bytes, 0, body))
                .toBytes();

        decodeOrRefuse(mended);
    }

    private static void decodeOrRefuse(byte[] bytes) {
        try {
            assertThat(SlotCodec.decode(bytes)).isNotNull();
        } catch (MalformedException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }

    private static byte[] wrapped(byte[] fields) {
        var out = new ByteWriter()
                .i32(SlotCodec.MAGIC)
                .u8(1)
                .u8(0)
                .u16(12 + fields.length + 4)
                .u32(1)
                .bytes(fields);
        return out.i32(Crc32.of(out.toBytes())).toBytes();
    }

    @Test
    void everyBitTurnedIsNoticed() {
        var bytes = SlotCodec.encode(record(Optional.empty()));
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            var damaged = bytes.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);

            assertThatThrownBy(() -> SlotCodec.decode(damaged)).isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void whatABoardGivesOutHoldsNoKeyButTheRest() throws MalformedException {
        var given = SlotCodec.withoutKey(SlotCodec.encode(record(Optional.of(new Der(SECRET)))));

        assertThat(SlotCodec.decode(given)).isEqualTo(record(Optional.of(new Der(new byte[SECRET.length]))));
        assertThat(SlotCodec.withoutKey(SlotCodec.encode(record(Optional.empty()))))
                .isEqualTo(SlotCodec.encode(record(Optional.empty())));
    }

    @Test
    void aRecordTooLongForASlotIsRefusedWithTheNextStep() {
        var big = new Der(new byte[2000]);
        var record = new SlotRecord(
                new BoardId("board1"),
                1,
                new BrokerAddress("b", 1, "b"),
                List.of(big),
                List.of(big, big, big),
                Optional.empty(),
                new Addressing.Dhcp(),
                PadSet.NONE);

        assertThatThrownBy(() -> SlotCodec.encode(record))
                .hasMessageContaining("at most 6144 bytes")
                .hasMessageContaining("Shorten the certificate chain");
    }

    @Test
    void brokerAddressesAreNamesAndPorts() {
        assertThat(new BrokerAddress("broker.local", 8883, "broker.local").uri())
                .isEqualTo("ssl://broker.local:8883");
        assertThatThrownBy(() -> new BrokerAddress("a b", 8883, "x")).hasMessageContaining("host");
        assertThatThrownBy(() -> new BrokerAddress("a", 8883, "")).hasMessageContaining("server name");
        assertThatThrownBy(() -> new BrokerAddress("a", 0, "x")).hasMessageContaining("1 to 65535");
    }
}
