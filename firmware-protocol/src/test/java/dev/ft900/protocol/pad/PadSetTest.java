package dev.ft900.protocol.pad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PadSetTest {
    @Property
    void comesBackFromHexAsItWas(@ForAll PadSet set) {
        assertThat(set.toHex()).hasSizeLessThanOrEqualTo(PadSet.MAX_HEX_DIGITS);
        assertThat(PadSet.fromHex(set.toHex())).contains(set);
    }

    @Test
    void bitNStandsForPadN() {
        assertThat(PadSet.of(0).toHex()).isEqualTo("1");
        assertThat(PadSet.of(12).toHex()).isEqualTo("1000");
        assertThat(PadSet.of(63).toHex()).isEqualTo("8000000000000000");
        assertThat(PadSet.of(64).toHex()).isEqualTo("10000000000000000");
        assertThat(PadSet.of(66).toHex()).isEqualTo("40000000000000000");
        assertThat(PadSet.ALL.toHex()).isEqualTo("7ffffffffffffffff");
        assertThat(PadSet.NONE.toHex()).isEqualTo("0");
        assertThat(PadSet.fromHex("0001000")).contains(PadSet.of(12));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "g", "-1", "+1", " 1", "0x1", "80000000000000000", "000000000000000001"})
    void refusesOtherMasks(String mask) {
        assertThat(PadSet.fromHex(mask)).isEmpty();
    }

    @Property
    void setAlgebraAgreesWithMembership(@ForAll PadSet a, @ForAll PadSet b) {
        assertThat(IntStream.range(0, Pad.COUNT).mapToObj(Pad::new)).allSatisfy(pad -> {
            assertThat(a.union(b).contains(pad)).isEqualTo(a.contains(pad) || b.contains(pad));
            assertThat(a.intersection(b).contains(pad)).isEqualTo(a.contains(pad) && b.contains(pad));
            assertThat(a.minus(b).contains(pad)).isEqualTo(a.contains(pad) && !b.contains(pad));
            assertThat(a.with(pad).contains(pad)).isTrue();
        });
    }

    @Test
    void theBoardKeepsItsOwnPads() {
        assertThat(PadSet.RESERVED).hasToString("[4, 5, 44, 45, 46, 47, 48, 49]");
    }

    @Test
    void thereIsNoPad67() {
        assertThat(Pad.from(67)).isEmpty();
        assertThat(Pad.from(-1)).isEmpty();
        assertThatThrownBy(() -> PadSet.of(67)).hasMessageContaining("0 to 66");
    }
}
