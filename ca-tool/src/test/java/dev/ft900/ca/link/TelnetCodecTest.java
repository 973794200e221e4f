package dev.ft900.ca.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** What a terminal server may send, whatever it is. */
class TelnetCodecTest {
    private static final int LONGEST_SUB = 64;

    /** Full of the bytes that mean something to Telnet. */
    @Provide
    Arbitrary<byte[]> hostile() {
        return Arbitraries.frequencyOf(
                        Tuple.of(3, Arbitraries.of(255, 254, 253, 252, 251, 250, 240, 44)),
                        Tuple.of(2, Arbitraries.integers().between(0, 255)))
                .map(Integer::byteValue)
                .array(byte[].class)
                .ofMaxSize(400);
    }

    private static byte[] decode(byte[] sent, int piece, List<TelnetCodec.Command> commands) {
        var codec = new TelnetCodec(commands::add);
        var data = new ByteArrayOutputStream();
        for (int at = 0; at < sent.length; at += piece) {
            var bytes = Arrays.copyOfRange(sent, at, Math.min(sent.length, at + piece));
            data.write(bytes, 0, codec.decode(bytes, bytes.length));
        }
        return data.toByteArray();
    }

    @Property
    void anyBytesMeanTheSameHoweverTheyArriveAndFillNoMemory(
            @ForAll("hostile") byte[] sent, @ForAll @IntRange(min = 1, max = 50) int piece) {
        var whole = new ArrayList<TelnetCodec.Command>();
        var pieces = new ArrayList<TelnetCodec.Command>();

        var data = decode(sent, Math.max(1, sent.length), whole);

        assertThat(decode(sent, piece, pieces)).isEqualTo(data);
        assertThat(pieces).usingRecursiveComparison().isEqualTo(whole);
        assertThat(data.length).isLessThanOrEqualTo(sent.length);
        assertThat(whole)
                .allSatisfy(command -> assertThat(command.payload().length).isLessThanOrEqualTo(LONGEST_SUB));
    }

    @Property
    void dataComesThroughUnchanged(@ForAll("hostile") byte[] data) {
        var commands = new ArrayList<TelnetCodec.Command>();

        assertThat(decode(TelnetCodec.escape(data), 7, commands)).isEqualTo(data);
        assertThat(commands).isEmpty();
    }
}
