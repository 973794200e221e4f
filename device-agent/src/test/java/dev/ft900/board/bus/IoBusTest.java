package dev.ft900.board.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IoBusTest {
    private final Findings findings = new Findings(false);
    private final IoBus bus = new IoBus(findings);
    private final List<String> seen = new ArrayList<>();
    private final IoDevice device = new IoDevice() {
        @Override
        public int load(int offset, AccessWidth width) {
            seen.add("load " + offset + " " + width);
            return 0x12345678;
        }

        @Override
        public void store(int offset, AccessWidth width, int value) {
            seen.add("store " + offset + " " + width + " " + Integer.toHexString(value));
        }
    };

    @Test
    void aDeviceSeesOffsetsAndValuesOfTheWidth() {
        bus.map("X", 0x10320, 16, device);

        assertThat(bus.load(0x10322, AccessWidth.HALF)).isEqualTo(0x5678);
        bus.store(0x1032F, AccessWidth.BYTE, 0xABCD);
        assertThat(seen).containsExactly("load 2 HALF", "store 15 BYTE cd");
        assertThat(findings.counts()).isEmpty();
    }

    @Test
    void whereNoDeviceIsReadsGiveZeroAndEachAddressIsFoundOnce() {
        assertThat(bus.load(0x1F000, AccessWidth.WORD)).isZero();
        assertThat(bus.load(0x1F000, AccessWidth.WORD)).isZero();
        bus.store(0x10000, AccessWidth.WORD, 1);

        assertThat(findings.counts()).hasSize(2);
        assertThat(findings.counts().values()).containsExactly(2L, 1L);
    }

    @Test
    void aStrictMachineStopsAtAFinding() {
        assertThatThrownBy(() -> new IoBus(new Findings(true)).load(0x10004, AccessWidth.BYTE))
                .isInstanceOf(BusFault.class)
                .hasMessageContaining("0x10004");
    }

    @Test
    void devicesNeitherOverlapNorLeaveIoSpace() {
        bus.map("X", 0x10320, 16, device);

        assertThatThrownBy(() -> bus.map("Y", 0x1032C, 8, device)).hasMessageContaining("Y and X overlap at 0x1032C");
        assertThatThrownBy(() -> bus.map("Z", 0x0FFFC, 8, device)).hasMessageContaining("for Z");
        assertThatThrownBy(() -> bus.map("Z", 0x1FFFC, 8, device)).hasMessageContaining("for Z");
    }
}
