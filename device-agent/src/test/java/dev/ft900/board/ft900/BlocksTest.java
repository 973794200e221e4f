package dev.ft900.board.ft900;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.board.bus.Finding;
import dev.ft900.board.clock.SimClock;
import dev.ft900.board.control.ResetCause;
import dev.ft900.board.peripheral.Revision;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Single promises of the other blocks, by their registers. */
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
