package dev.ft900.board.ft900;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.board.clock.SimClock;
import dev.ft900.board.control.ResetCause;
import dev.ft900.board.peripheral.Revision;
import org.junit.jupiter.api.Test;

/** The clock of either revision, by its registers. */
class RtcTest {
    private final Ft900Rig rig = Ft900Rig.powered(Revision.C);

    // RTC of revision C, sheet 4.5.

    @Test
    void onlyWhatWasWrittenReachesTheClock() {
        rig.store32(0x10900, 0x120000);
        rig.store32(0x10910, 0x201);
        rig.clock.advance(5 * SimClock.HERTZ);
        rig.store32(0x10910, 0x201);
        rig.store32(0x10910, 0x101);

        assertThat(rig.load32(0x10900))
                .as("the second WRST did not set it back")
                .isEqualTo(0x120005);
    }

    @Test
    void oddDatesAreReturnedUnchangedUntilMidnight() {
        rig.store32(0x10904, 0x26000001);
        rig.store32(0x10900, 0x235958 | 0xAB << 24);
        rig.store32(0x10910, 0x281);
        rig.clock.advance(SimClock.HERTZ);
        assertThat(rig.load32(0x10904)).isEqualTo(0x26000001);

        rig.clock.advance(SimClock.HERTZ);

        assertThat(rig.load32(0x10904)).isEqualTo(0x26000102);
        assertThat(rig.load32(0x10900)).isZero();
    }

    @Test
    void theClockOutlivesALossOfPowerAndAJumpMovesItOn() {
        rig.store32(0x10904, 0x24022803);
        rig.store32(0x10900, 0x235959);
        rig.store32(0x10910, 0x201);
        rig.devices.reset(ResetCause.POWER_ON);
        rig.devices.rtc().jump(2 * 86_400 + 1);
        rig.store32(0x10910, rig.load32(0x10910) | 0x100);

        assertThat(rig.load32(0x10900)).isZero();
        assertThat(rig.load32(0x10904)).as("a leap year").isEqualTo(0x24030206);
    }

    @Test
    void theCounterOfRevisionBRunsAtThirtyTwoHertzAndWrapsAtItsMatchIfAsked() {
        var b = Ft900Rig.powered(Revision.B);
        b.unmask();
        b.store32(0x10284, 3);
        b.store32(0x1028C, 0x0D);
        b.clock.advance(3 * SimClock.HERTZ / 32 - 1);
        assertThat(b.load32(0x10280)).isEqualTo(2);
        b.clock.advance(1);

        assertThat(b.load32(0x10280)).isZero();
        assertThat(b.take()).isEqualTo(19);
        assertThat(b.load32(0x10298)).isEqualTo(1);
        assertThat(b.load32(0x10294)).as("reading EOI cleared it").isZero();
    }
}
