package dev.ft900.board.ft900;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.board.peripheral.Revision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The Ethernet block, by its registers. */
class EthernetTest {
    private final Ft900Rig rig = Ft900Rig.powered(Revision.C);

    // Ethernet, sheet 4.6.

    private void ethernetOn() {
        rig.store32(0x10008, 1 << 13);
        rig.store32(0x100A8, 0x17);
        rig.devices.phy().plug(true);
        rig.store(0x10223, 0x03);
        rig.store(0x10222, 0x01);
    }

    private static byte[] broadcast(int length) {
        var frame = new byte[length];
        Arrays.fill(frame, 0, 6, (byte) 0xFF);
        return frame;
    }

    @Test
    void theReceiveMemoryHoldsSeveralPacketsAndDropsWhatDoesNotFit() {
        ethernetOn();
        assertThat(rig.devices.ethernet().receive(broadcast(1000))).isTrue();
        assertThat(rig.devices.ethernet().receive(broadcast(1000))).isTrue();
        assertThat(rig.devices.ethernet().receive(broadcast(60)))
                .as("2 KB are full")
                .isFalse();

        assertThat(rig.load(0x10236)).isEqualTo(2);
        assertThat(rig.load(0x10220) & 0x09).as("RX_INT and FIFO_OV").isEqualTo(0x09);
        assertThat(rig.load32(0x10224) & 0xFFFF).isEqualTo(1006);
        rig.store(0x10222, 0x11);
        assertThat(rig.load(0x10236)).as("the FIFO reset").isZero();
    }

    @Test
    void framesOfImpossibleLengthAndThoseForOthersAreNotTaken() {
        ethernetOn();

        assertThat(rig.devices.ethernet().receive(new byte[13])).isFalse();
        assertThat(rig.devices.ethernet().receive(broadcast(1519))).isFalse();
        var other = new byte[60];
        other[0] = 0x02;
        assertThat(rig.devices.ethernet().receive(other)).isFalse();
        other[0] = 0x01;
        assertThat(rig.devices.ethernet().receive(other)).as("multicast is off").isFalse();
        rig.store(0x10222, 0x03);
        assertThat(rig.devices.ethernet().receive(other)).isTrue();
        rig.devices.phy().plug(false);
        assertThat(rig.devices.ethernet().receive(broadcast(60))).as("no cable").isFalse();
    }

    /** As lwIP's driver does: piece after piece, asking to send after each; what lies there at the end of the wire time goes. */
    @Test
    void aFrameIsTakenAtTheEndOfItsTimeOnTheWire() {
        ethernetOn();
        List<byte[]> frames = new ArrayList<>();
        rig.devices.ethernet().connect(frames::add);
        rig.store32(0x10224, 100 | 0xFFFF0000);
        rig.store(0x10237, 1);
        for (int word = 1; word < 29; word++) {
            rig.store32(0x10224, 0x11111111 * (word % 10));
            rig.store(0x10237, 1);
        }
        rig.clock.advance(8 * (12 + 114) - 1);
        assertThat(frames).isEmpty();
        assertThat(rig.load(0x10237)).isEqualTo(1);
        rig.clock.advance(1);

        assertThat(frames).hasSize(1);
        assertThat(frames.get(0)).hasSize(114);
        assertThat(frames.get(0)[113]).isEqualTo((byte) 0x88);
        assertThat(rig.load(0x10220) & 0x04).isEqualTo(0x04);
    }

    @Test
    void aFrameThatIsTooLongIsAnErrorAndItsAcknowledgementStartsTheMemoryAnew() {
        ethernetOn();
        List<byte[]> frames = new ArrayList<>();
        rig.devices.ethernet().connect(frames::add);
        rig.store32(0x10224, 2033);
        rig.store(0x10237, 1);
        rig.clock.advance(20_000);
        assertThat(rig.load(0x10220)).isEqualTo(0x02);
        rig.store(0x10220, 0x02);

        rig.store32(0x10224, 46);
        rig.store(0x10237, 1);
        rig.clock.advance(20_000);

        assertThat(frames).hasSize(1);
    }
}
