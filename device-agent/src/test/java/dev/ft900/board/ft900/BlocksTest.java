package dev.ft900.board.ft900;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.board.bus.Finding;
import dev.ft900.board.clock.SimClock;
import dev.ft900.board.control.ResetCause;
import dev.ft900.board.peripheral.Revision;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Interrupts, pads and system registers: single promises, by their registers. */
class BlocksTest {
    private final Ft900Rig rig = Ft900Rig.powered(Revision.C);

    private boolean pending() {
        return rig.devices.interrupts().pending();
    }

    // Interrupt controller, sheet 3.3 and 3.4.

    private void gpioAndTimerInterrupt() {
        rig.store32(0x10068, 0x2 << 8);
        rig.store32(0x10090, 1 << 18);
        rig.devices.gpio().drive(18, true);
        rig.devices.gpio().drive(18, false);
        rig.store(0x10340, 2);
        rig.store(0x10345, 2);
        rig.store(0x10341, 1);
        rig.clock.advance(2);
    }

    @Test
    void interruptsComeInTheOrderOfTheirPrioritiesAndNotOverOneAnother() {
        gpioAndTimerInterrupt();
        assertThat(pending()).as("masked").isFalse();
        rig.unmask();

        assertThat(rig.take()).isEqualTo(17);
        assertThat(pending()).as("one in service").isFalse();
        rig.store(0x10345, 3);
        rig.devices.interrupts().leave();

        assertThat(rig.take()).isEqualTo(18);
    }

    @Test
    void theVectorFollowsThePrioritysValue() {
        gpioAndTimerInterrupt();
        rig.store(0x100C0 + 18, 5);
        rig.unmask();

        assertThat(rig.take()).isEqualTo(5);
    }

    @Test
    void withNestingAHigherPriorityInterruptsAHandlerDownToTheDepth() {
        gpioAndTimerInterrupt();
        rig.store(0x100E0, 0x80 | 1);
        rig.store(0x100C0 + 17, 30);
        rig.store(0x100C0 + 18, 31);
        rig.unmask();
        assertThat(rig.take()).as("timers at 30 before GPIO at 31").isEqualTo(30);
        assertThat(rig.take()).as("no lower one over it").isEqualTo(-1);
        rig.store(0x100C0 + 18, 4);

        assertThat(rig.take()).as("a higher one over it").isEqualTo(4);
        rig.store(0x100C0 + 17, 3);
        assertThat(rig.take()).as("two levels are in service").isEqualTo(-1);
    }

    // System control, sheet 4.1.

    @Test
    void aResetOfThePeripheralsLeavesClocksPadsAndPrioritiesAlone() {
        rig.store32(0x10008, 1 << 4);
        rig.store(0x1001C + 48, 0xC0);
        rig.store(0x100C0 + 13, 7);
        rig.store(0x10327, 0x55);

        rig.store32(0x10018, 1 << 31);

        assertThat(rig.load32(0x10018)).as("clears itself").isZero();
        assertThat(rig.load(0x10327)).as("the UART's scratch register").isZero();
        assertThat(rig.load32(0x10008)).isEqualTo(1 << 4);
        assertThat(rig.load(0x1001C + 48)).isEqualTo(0xC0);
        assertThat(rig.load(0x100C0 + 13)).isEqualTo(7);
    }

    @Test
    void theTestAndSetRegisterIsGrantedOnce() {
        assertThat(rig.load32(0x10010)).isZero();
        assertThat(rig.load32(0x10010)).isEqualTo(1);
        assertThat(rig.load32(0x10014)).as("a look does not take it").isEqualTo(1);
        rig.store32(0x10010, 1);

        assertThat(rig.load32(0x10014)).isZero();
        assertThat(rig.load32(0x10010)).isZero();
    }

    @Test
    void theSlowTimerExpiresAfterFiveMilliseconds() {
        rig.unmask();
        rig.store16(0x1000C, 1 << 6 | 1 << 7);
        rig.clock.advance(SimClock.HERTZ / 200 - 1);
        assertThat(rig.load16(0x1000C)).isEqualTo(1 << 6 | 1 << 7);
        rig.clock.advance(1);

        assertThat(rig.load16(0x1000C)).isEqualTo(1 << 7);
        assertThat(rig.take()).isEqualTo(22);
        rig.store16(0x1000E, 1 << 8);
        rig.devices.interrupts().leave();
        assertThat(pending()).isFalse();
    }

    @Test
    void aPadWakesAChipThatSleeps() {
        rig.store32(0x10068, 0x3 << 8);
        rig.store16(0x1000C, 1 << 8);
        assertThat(rig.asked).containsExactly("sleep");

        rig.devices.gpio().drive(18, true);

        assertThat(rig.asked).containsExactly("sleep", "wake");
        assertThat(rig.load16(0x1000E)).isEqualTo(1 << 9);
    }

    @Test
    void theResetRegisterTellsThePinFromItself() {
        rig.devices.reset(ResetCause.PIN);
        assertThat(rig.load(0x100BC)).isEqualTo(1);
        rig.store(0x100BC, 1);
        assertThat(rig.load(0x100BC)).isZero();

        rig.store(0x100BC, 2);
        rig.devices.reset(ResetCause.SOFT);

        assertThat(rig.asked).containsExactly("reset SOFT");
        assertThat(rig.load(0x100BC)).isEqualTo(2);
        rig.devices.reset(ResetCause.WATCHDOG);
        assertThat(rig.load(0x100BC)).isZero();
    }

    @Test
    void usingABlockWhoseClockIsOffWorksAndIsTold() {
        rig.store(0x10327, 0x55);

        assertThat(rig.load(0x10327)).isEqualTo(0x55);
        assertThat(rig.findings.counts().keySet())
                .extracting(Finding::toString)
                .containsExactly("UART0 0x10320 is used while its clock is off in CLKCFG (firmware)");
    }

    // GPIO, sheet 4.2.

    @Test
    void pendingBitsClearTogetherWhenWhatWasReadIsWrittenBack() {
        rig.store32(0x10068, 0x22 << 8);
        for (int pad : List.of(18, 19)) {
            rig.devices.gpio().drive(pad, true);
            rig.devices.gpio().drive(pad, false);
        }
        int pending = rig.load32(0x1009C);
        assertThat(pending).isEqualTo(3 << 18);

        rig.store32(0x1009C, pending | 1 << 18);

        assertThat(rig.load32(0x1009C)).isZero();
    }

    @Test
    void aReadModifyWriteCopiesInputLevelsIntoLatches() {
        rig.devices.gpio().drive(40, true);
        rig.store32(0x10088, rig.load32(0x10088));
        rig.devices.gpio().release(40);
        assertThat(rig.devices.gpio().isHigh(40)).as("still an input").isFalse();

        rig.store32(0x10074, 0x4);

        assertThat(rig.devices.gpio().isHigh(40))
                .as("the latch shows when it becomes an output")
                .isTrue();
    }

    @Test
    void aStuckPadTellsWhenItFirstMatters() {
        var shown = new ArrayList<String>();
        rig.devices.gpio().stick(30, false, () -> shown.add("stuck"));
        assertThat(shown).as("it is low anyhow").isEmpty();

        rig.devices.gpio().drive(30, true);
        rig.devices.gpio().drive(30, false);
        rig.devices.gpio().drive(30, true);

        assertThat(rig.devices.gpio().isHigh(30)).isFalse();
        assertThat(shown).hasSize(1);
        rig.devices.gpio().unstick(30);
        assertThat(rig.devices.gpio().isHigh(30)).isTrue();
    }
}
