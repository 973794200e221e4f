package dev.ft900.board.ft900;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.board.control.ResetCause;
import dev.ft900.board.peripheral.Revision;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Flash controller and program memory, by their registers. */
class FlashControllerTest {
    private final Ft900Rig rig = Ft900Rig.powered(Revision.C);

    // Flash controller and program memory, sheet 4.9 and 2.3.

    private void flashCommand(int command, int flash, int memory, int length) {
        rig.load(0x1080B);
        int[] values = {memory >> 2, flash, length - 1};
        for (int i = 0; i < 9; i++) {
            rig.store(0x10800 + i, values[i / 3] >> i % 3 * 8 & 0xFF);
        }
        rig.store(0x10809, 0x06);
        rig.store(0x10809, command);
    }

    @Test
    void withoutTheSemaphoreTheControllerReadsZeroAndTakesNothing() {
        rig.store(0x10809, 0x06);
        rig.store(0x10809, 0x60);

        assertThat(rig.load(0x1080E)).isZero();
        assertThat(rig.load(0x1080B)).as("now it is ours").isZero();
        assertThat(rig.load(0x1080B)).isEqualTo(1);
        assertThat(rig.load(0x1080D)).as("nothing began").isZero();
        rig.store(0x1080B, 1);
        assertThat(rig.load(0x1080B)).as("free again").isZero();
    }

    @Test
    void anEraseTakesItsTimeAndAPageIsAnded() {
        Arrays.fill(rig.ram.bytes(), 0, 256, (byte) 0x3C);
        flashCommand(0xF8, 0x2000, 0, 256);
        assertThat(rig.load(0x1080D)).isEqualTo(0x41);
        rig.clock.advance(60_000);
        assertThat(rig.load(0x1080D)).isZero();
        Arrays.fill(rig.ram.bytes(), 0, 256, (byte) 0xF0);
        flashCommand(0xF8, 0x2000, 0, 256);
        rig.clock.advance(60_000);
        assertThat(rig.flash.read(0x2000, 1)[0]).isEqualTo((byte) 0x30);

        flashCommand(0x20, 0x2123, 0, 1);
        rig.clock.advance(3_999_999);
        assertThat(rig.flash.read(0x2000, 1)[0]).isEqualTo((byte) 0x30);
        rig.clock.advance(1);

        assertThat(rig.flash.read(0x2000, 1)[0]).isEqualTo((byte) 0xFF);
    }

    @Test
    void aPageThatIsCutHalfWayIsWrittenHalfWay() {
        flashCommand(0xF8, 0x2000, 0, 512);
        rig.clock.advance(60_000 + 30_000);

        rig.devices.flashController().losePower();

        var content = rig.flash.read(0x2000, 512);
        assertThat(content[255]).as("the first page is whole").isZero();
        assertThat(content[256 + 127]).isZero();
        assertThat(content[256 + 129]).isEqualTo((byte) 0xFF);
    }

    @Test
    void flashGoesToProgramMemoryAndBack() {
        rig.flash.program(0x1000, new byte[] {1, 2, 3, 4});
        flashCommand(0xF4, 0x1000, 0x400, 4);
        rig.clock.advance(100_000);
        assertThat(rig.program.word(0x400)).isEqualTo(0x04030201);

        flashCommand(0xF0, 0x3000, 0x400, 256);
        rig.clock.advance(100_000);

        assertThat(rig.flash.read(0x3000, 4)).containsExactly(1, 2, 3, 4);
    }

    @Test
    void theBootCrcIsThatOfTheFlash() {
        // The check value of sheet 6, question 35, needs another length; a flash of ones and one of a word differ, and
        // stay.
        rig.load(0x1080B);
        int ones = rig.load(0x1080F) << 8 | rig.load(0x1080E);
        rig.flash.program(0, "123456789".getBytes(StandardCharsets.US_ASCII));
        assertThat(rig.load(0x1080F) << 8 | rig.load(0x1080E))
                .as("of the last reset")
                .isEqualTo(ones);
        rig.devices.reset(ResetCause.POWER_ON);
        rig.load(0x1080B);

        assertThat(rig.load(0x1080F) << 8 | rig.load(0x1080E)).isNotEqualTo(ones);
    }

    @Test
    void programMemoryIsWrittenOnlyWhileUnlocked() {
        rig.store32(0x1FC84, 0x100);
        rig.store32(0x1FC88, 0x11111111);
        assertThat(rig.program.word(0x100)).isZero();
        rig.store32(0x1FC80, 0x1337F7D1);
        rig.store32(0x1FC88, 0x22222222);
        rig.store32(0x1FC88, 0x33333333);
        rig.store32(0x1FC80, 0);
        rig.store32(0x1FC88, 0x44444444);

        assertThat(rig.program.read(0x100, 12))
                .containsExactly(0x22, 0x22, 0x22, 0x22, 0x33, 0x33, 0x33, 0x33, 0, 0, 0, 0);
    }
}
