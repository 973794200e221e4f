package dev.ft900.board.ft900;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.board.bus.Finding;
import dev.ft900.board.control.ResetCause;
import dev.ft900.board.peripheral.Revision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Timers and watchdog by their registers (sheet 3.6, 4.4). */
class TimersTest {
    private static final int TIMER = 0x10340;

    private Ft900Rig rig = enabled(Revision.C);

    private static Ft900Rig enabled(Revision revision) {
        var rig = Ft900Rig.powered(revision);
        rig.store(TIMER, 2);
        rig.unmask();
        return rig;
    }

    private void set(int timer, int write) {
        rig.store(TIMER + 6, timer);
        rig.store(TIMER + 8, write & 0xFF);
        rig.store(TIMER + 9, write >> 8);
    }

    private int count(int timer) {
        rig.store(TIMER + 6, timer << 2);
        return rig.load(TIMER + 0xD) << 8 | rig.load(TIMER + 0xC);
    }

    @ParameterizedTest
    @CsvSource({"0,false", "1,true", "2,false", "3,true"})
    void aLapIsWritePlusOneTicks(int timer, boolean up) {
        set(timer, 999);
        rig.store(TIMER + 3, up ? 0x10 << timer : 0);
        rig.store(TIMER + 5, 2 << 2 * timer);
        rig.store(TIMER + 1, 1 << timer);

        rig.clock.advance(400);
        assertThat(count(timer)).isEqualTo(up ? 400 : 599);
        rig.clock.advance(599);
        assertThat(rig.load(TIMER + 5)).isEqualTo(2 << 2 * timer);
        rig.clock.advance(1);

        assertThat(rig.load(TIMER + 5)).isEqualTo(3 << 2 * timer);
        assertThat(rig.take()).isEqualTo(17);
        assertThat(count(timer)).isEqualTo(up ? 0 : 999);
    }

    @Test
    void aContinuousTimerGoesOnWhileNobodyAcknowledgesIt() {
        set(0, 99);
        rig.store(TIMER + 1, 1);
        rig.clock.advance(1_000_050);

        assertThat(count(0)).isEqualTo(49);
        rig.store(TIMER + 5, 1);
        assertThat(rig.load(TIMER + 5)).isZero();
        rig.clock.advance(49);
        assertThat(rig.load(TIMER + 5)).isZero();
        rig.clock.advance(1);

        assertThat(rig.load(TIMER + 5)).as("in step with where it began").isEqualTo(1);
    }

    @Test
    void aNewWriteValueCountsFromTheNextRollOver() {
        set(0, 99);
        rig.store(TIMER + 1, 1);
        rig.clock.advance(250);
        rig.store(TIMER + 5, 1);
        set(0, 199);

        rig.clock.advance(50);
        assertThat(rig.load(TIMER + 5)).as("the old lap").isEqualTo(1);
        rig.store(TIMER + 5, 1);
        rig.clock.advance(199);
        assertThat(rig.load(TIMER + 5)).isZero();
        rig.clock.advance(1);

        assertThat(rig.load(TIMER + 5)).as("the new lap").isEqualTo(1);
    }

    @Test
    void aOneShotStops() {
        set(0, 9);
        rig.store(TIMER + 3, 1);
        rig.store(TIMER + 1, 1);
        rig.clock.advance(10);
        rig.store(TIMER + 5, 1);

        rig.clock.advance(1000);

        assertThat(rig.load(TIMER + 5)).isZero();
        rig.store(TIMER + 1, 1);
        rig.clock.advance(10);
        assertThat(rig.load(TIMER + 5)).as("until it is started again").isEqualTo(1);
    }

    @Test
    void revisionCHasAPrescalerForEachTimerAndRevisionBOneForAll() {
        for (var revision : Revision.values()) {
            rig = enabled(revision);
            for (int timer = 0; timer < 2; timer++) {
                rig.store(TIMER + 6, timer);
                rig.store(TIMER + 0xA, timer == 0 ? 9 : 99);
                set(timer, 9);
            }
            rig.store(TIMER + 2, 0x30);
            rig.store(TIMER + 1, 3);

            rig.clock.advance(100);

            assertThat(rig.load(TIMER + 5)).as("revision " + revision).isEqualTo(revision == Revision.C ? 0x01 : 0x00);
            rig.clock.advance(900);
            assertThat(rig.load(TIMER + 5)).as("revision " + revision).isEqualTo(0x05);
        }
    }

    @Test
    void timersDoNotRunWhileTheBlockIsOffAndThatIsTold() {
        rig.store(TIMER, 0);
        set(0, 9);
        rig.store(TIMER + 1, 1);
        rig.clock.advance(100);

        assertThat(rig.load(TIMER + 5)).isZero();
        assertThat(rig.findings.counts().keySet())
                .extracting(Finding::what)
                .anyMatch(what -> what.contains("block_en"));
    }

    @Test
    void theWatchdogOfRevisionCInterruptsAndThenResets() {
        rig.store(TIMER + 7, 10);
        rig.store(TIMER + 2, 0x09);
        rig.store(0x100E3, 0x80);

        rig.clock.advance(1024);
        assertThat(rig.devices.interrupts().pending())
                .as("the mask is not for it")
                .isTrue();
        assertThat(rig.devices.interrupts().enter()).isEqualTo(0x04);
        assertThat(rig.devices.interrupts().pending()).as("not over itself").isFalse();
        rig.store(TIMER + 2, rig.load(TIMER + 2) | 4);
        rig.clock.advance(1024);

        assertThat(rig.asked).containsExactly("reset WATCHDOG");
        rig.devices.reset(ResetCause.WATCHDOG);
        assertThat(rig.load(TIMER + 0xF)).isEqualTo(1);
        assertThat(rig.load(TIMER + 0xF)).isZero();
    }

    @ParameterizedTest
    @EnumSource(Revision.class)
    void aKickStartsTheWatchdogAnewEvenAfterItsFirstExpiry(Revision revision) {
        rig = enabled(revision);
        rig.store(TIMER + 7, 10);
        rig.store(TIMER + 2, 0x01);
        rig.clock.advance(1500);
        rig.store(TIMER + 2, 0x02);

        rig.clock.advance(1000);
        assertThat(rig.asked).isEmpty();
        rig.clock.advance(1100);

        assertThat(rig.asked).as("revision B never resets").hasSize(revision == Revision.B ? 0 : 1);
    }

    @Test
    void nothingStopsTheWatchdogNotEvenASoftResetOfTheBlock() {
        rig.store(TIMER + 7, 10);
        rig.store(TIMER + 2, 0x09);
        rig.store(TIMER, 1);

        rig.clock.advance(2048);

        assertThat(rig.asked).containsExactly("reset WATCHDOG");
    }

    @Test
    void aKickBeforeTheStartDoesNothing() {
        rig.store(TIMER + 7, 10);
        rig.store(TIMER + 2, 0x02);

        rig.clock.advance(100_000);

        assertThat(rig.asked).isEmpty();
        assertThat(rig.load(TIMER + 2)).isZero();
    }
}
