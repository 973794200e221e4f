package dev.ft900.board.ft900;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.board.peripheral.Revision;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** UART0 as a driver sees it, in the sequences of sheet 4.3.5. */
class UartTest {
    private static final int UART = 0x10320;
    private static final int DATA = UART;
    private static final int IER = UART + 1;
    private static final int ISR = UART + 2;
    private static final int FCR = UART + 2;
    private static final int LCR = UART + 3;
    private static final int MCR = UART + 4;
    private static final int LSR = UART + 5;
    private static final int MSR = UART + 6;
    private static final int SPR = UART + 7;
    private static final int MSC0CFG = 0x10018;
    private static final int ACR = 0x00;
    private static final int TCR = 0x02;
    private static final int TTL = 0x04;
    private static final int RTL = 0x05;
    private static final int CSR = 0x0C;
    private static final int NMR = 0x0D;
    private static final int RFC = 0x0F;

    /** 115200 baud: 4 samples, divisor 217. */
    private static final int BIT = 4 * 217;

    private static final int CHARACTER = 10 * BIT;

    private final List<Integer> sent = new ArrayList<>();
    private Ft900Rig rig;

    @BeforeEach
    void open() {
        start(Revision.C);
    }

    private void start(Revision revision) {
        rig = Ft900Rig.powered(revision);
        rig.devices.uart(0).connect(sent::add);
        rig.store32(0x10008, 1 << 4);
        rig.store32(MSC0CFG, 1 << 19);
        icr(TCR, 4);
        rig.store(LCR, 0x80);
        rig.store(DATA, 217);
        rig.store(IER, 0);
        rig.store(LCR, 0x03);
        rig.unmask();
    }

    private void icr(int index, int value) {
        rig.store(SPR, index);
        rig.store(LSR, value);
    }

    private int icr(int index) {
        icr(ACR, 0x40);
        rig.store(SPR, index);
        int value = rig.load(LSR);
        icr(ACR, 0x00);
        return value;
    }

    private void enhanced() {
        rig.store(LCR, 0xBF);
        rig.store(FCR, 0x10);
        rig.store(LCR, 0x03);
    }

    private void arrive(int count) {
        for (int i = 0; i < count; i++) {
            rig.devices.uart(0).receive('a' + i % 26);
        }
    }

    private boolean isInterrupting() {
        return rig.devices.interrupts().pending();
    }

    @Test
    void aCharacterLeavesAfterItsTimeOnTheLine() {
        rig.store(DATA, 'x');

        rig.clock.advance(CHARACTER - 1);
        assertThat(sent).isEmpty();
        assertThat(rig.load(LSR)).as("room, not idle").isEqualTo(0x20);
        rig.clock.advance(1);

        assertThat(sent).containsExactly((int) 'x');
        assertThat(rig.load(LSR)).isEqualTo(0x60);
    }

    @ParameterizedTest
    @CsvSource({"0x03,20", "0x02,18", "0x07,22", "0x0B,22", "0x00,14", "0x04,15", "0x1F,24"})
    void theFormatDecidesHowLongACharacterIs(String format, int halfBits) {
        rig.store(LCR, Integer.decode(format));

        assertThat(rig.devices.uart(0).characterCycles()).isEqualTo((long) BIT * halfBits / 2);
    }

    @Test
    void withoutADivisorNothingMovesUntilThereIsOne() {
        rig.store(LCR, 0x83);
        rig.store(DATA, 0);
        rig.store(LCR, 0x03);
        rig.store(DATA, 'x');
        rig.clock.advance(10 * CHARACTER);
        assertThat(sent).isEmpty();

        rig.store(LCR, 0x83);
        rig.store(DATA, 217);
        rig.store(LCR, 0x03);
        rig.clock.advance(CHARACTER);

        assertThat(sent).containsExactly((int) 'x');
    }

    @ParameterizedTest
    @CsvSource({
        "0x00, false, 1, 1",
        "0x01, false, 16, 1",
        "0x41, false, 16, 4",
        "0x81, false, 16, 8",
        "0xC1, false, 16, 14",
        "0x01, true, 128, 1",
        "0x41, true, 128, 32",
        "0x81, true, 128, 64",
        "0xC1, true, 128, 112"
    })
    void theModesOfThe550HaveTheirDepthsAndTriggers(String fcr, boolean fifoSelect, int depth, int trigger) {
        rig.store32(MSC0CFG, 1 << 19 | (fifoSelect ? 1 << 20 : 0));
        rig.store(FCR, Integer.decode(fcr));
        rig.store(IER, 0x01);

        arrive(trigger - 1);
        assertThat(isInterrupting()).as("below the trigger").isFalse();
        arrive(1);
        assertThat(rig.load(ISR)).as("at the trigger").isEqualTo(0x04);
        arrive(depth - trigger);
        assertThat(rig.load(LSR) & 0x02).as("full").isZero();
        arrive(1);

        assertThat(rig.load(LSR) & 0x02).as("overrun").isEqualTo(0x02);
        assertThat(rig.load(LSR) & 0x02).as("cleared by reading").isZero();
    }

    @ParameterizedTest
    @CsvSource({"0x01,16", "0x41,32", "0x81,112", "0xC1,120"})
    void theModeOfThe650HasItsOwnTriggers(String fcr, int trigger) {
        enhanced();
        rig.store(FCR, Integer.decode(fcr));
        rig.store(IER, 0x01);

        arrive(trigger - 1);
        assertThat(isInterrupting()).isFalse();
        arrive(1);

        assertThat(isInterrupting()).isTrue();
    }

    @Test
    void the950TakesItsTriggersFromRegistersAndTellsItsLevels() {
        enhanced();
        icr(RTL, 100);
        icr(TTL, 3);
        rig.store(IER, 0x01);
        icr(ACR, 0xA0);
        rig.store(FCR, 0x01);

        arrive(99);
        assertThat(isInterrupting()).isFalse();
        arrive(1);

        assertThat(isInterrupting()).isTrue();
        assertThat(rig.load(LCR)).as("RFL").isEqualTo(100);
        for (int i = 0; i < 5; i++) {
            rig.store(DATA, i);
        }
        assertThat(rig.load(MCR)).as("TFL: one is in the shift register").isEqualTo(4);
    }

    @Test
    void theDeepFifoOfThe750OpensOnlyWhileDlabIsSet() {
        rig.store(FCR, 0x21);
        arrive(17);
        assertThat(rig.load(LSR) & 0x02).as("still 16 deep").isEqualTo(0x02);

        rig.store(LCR, 0x83);
        rig.store(FCR, 0x23);
        rig.store(LCR, 0x03);
        arrive(128);

        assertThat(rig.load(LSR) & 0x02).isZero();
        assertThat(icr(RFC)).isEqualTo(0x21);
    }

    @Test
    void aTimeOutComesFourCharactersAfterTheLastArrivalAndAReadRestartsIt() {
        rig.store(FCR, 0xC1);
        rig.store(IER, 0x01);
        arrive(2);

        rig.clock.advance(4 * CHARACTER - 1);
        assertThat(isInterrupting()).isFalse();
        rig.clock.advance(1);
        assertThat(rig.load(ISR)).isEqualTo(0x0C);
        assertThat(rig.load(DATA)).isEqualTo('a');
        assertThat(isInterrupting()).as("the read ends it").isFalse();
        rig.clock.advance(4 * CHARACTER);

        assertThat(rig.load(ISR)).as("the other one still lies there").isEqualTo(0x0C);
        rig.load(DATA);
        rig.clock.advance(10 * CHARACTER);
        assertThat(isInterrupting()).as("an empty FIFO has no time-out").isFalse();
    }

    @Test
    void enablingTheTransmitInterruptWhileEmptyRaisesItAndReadingItsCodeClearsIt() {
        rig.store(IER, 0x02);

        assertThat(isInterrupting()).isTrue();
        assertThat(rig.load(ISR)).isEqualTo(0x02);
        assertThat(isInterrupting()).isFalse();
        assertThat(rig.load(ISR)).isEqualTo(0x01);
        rig.store(FCR, 0x01);
        rig.store(DATA, 'x');
        rig.store(DATA, 'y');
        assertThat(rig.load(ISR)).as("the first one went on at once").isEqualTo(0x01);
        rig.clock.advance(CHARACTER);

        assertThat(rig.load(ISR)).as("empty again").isEqualTo(0x02);
    }

    @Test
    void inThe950ModeTheTransmitInterruptComesBelowItsLevelOrWhenAllIsIdle() {
        enhanced();
        icr(TTL, 0);
        icr(ACR, 0x20);
        rig.store(FCR, 0x01);
        rig.store(IER, 0x02);
        rig.load(ISR);
        rig.store(DATA, 'x');
        rig.store(DATA, 'y');

        rig.clock.advance(2 * CHARACTER - 1);
        assertThat(isInterrupting()).as("the FIFO is empty, the line is not").isFalse();
        rig.clock.advance(1);

        assertThat(isInterrupting()).isTrue();
    }

    @Test
    void theInterruptReachesTheControllerByIntselOrOut2Only() {
        rig.store(IER, 0x02);
        rig.store32(MSC0CFG, 0);
        assertThat(isInterrupting()).isFalse();

        rig.store(MCR, 0x08);
        assertThat(isInterrupting()).as("OUT2").isTrue();
        rig.store(MCR, 0x00);
        rig.store32(MSC0CFG, 1 << 19);

        assertThat(isInterrupting()).as("INTSEL").isTrue();
        assertThat(rig.take()).isEqualTo(13);
    }

    @Test
    void writing0xBfOpensTheSetOfThe650AndKeepsTheFormat() {
        rig.store(LCR, 0x1B);
        rig.store(LCR, 0xBF);
        rig.store(UART + 4, 0x11);
        rig.store(UART + 7, 0x13);

        assertThat(rig.load(LCR)).isEqualTo(0x9B);
        assertThat(rig.load(UART + 4)).isEqualTo(0x11);
        rig.store(LCR, 0x1B);

        assertThat(rig.load(MCR)).as("not XON1").isZero();
        assertThat(rig.load(LCR)).isEqualTo(0x1B);
    }

    @Test
    void indexedRegistersAreReadThroughTheLineStatusWhileAcrSaysSo() {
        icr(TTL, 0x55);

        assertThat(icr(TTL)).isEqualTo(0x55);
        assertThat(icr(TCR)).isEqualTo(4);
        assertThat(rig.load(LSR)).as("the line status is back").isEqualTo(0x60);
    }

    @Test
    void theLoopBackConnectsDataAndModemLines() {
        rig.store(MCR, 0x10);
        assertThat(rig.load(MSR) & 0xF0).as("all outputs off").isZero();
        rig.store(MCR, 0x1F);
        assertThat(rig.load(MSR))
                .as("all outputs on, with their changes; RI tells only of its end")
                .isEqualTo(0xFB);
        assertThat(rig.load(MSR)).as("changes clear on read").isEqualTo(0xF0);

        rig.store(DATA, 'x');
        rig.clock.advance(CHARACTER);

        assertThat(rig.load(DATA)).isEqualTo('x');
        assertThat(sent).isEmpty();
    }

    @Test
    void automaticCtsHoldsTheTransmitterAndAutomaticRtsTheFeed() {
        rig.store(FCR, 0x41);
        rig.store(MCR, 0x22);
        rig.devices.uart(0).clearToSend(false);
        rig.store(DATA, 'x');
        rig.clock.advance(5 * CHARACTER);
        assertThat(sent).isEmpty();
        rig.devices.uart(0).clearToSend(true);
        rig.clock.advance(CHARACTER);
        assertThat(sent).containsExactly((int) 'x');

        rig.devices.feed(0).offer(new byte[50]);
        rig.clock.advance(100 * CHARACTER);

        assertThat(rig.devices.feed(0).waiting())
                .as("held off at the trigger of 4")
                .isEqualTo(46);
        assertThat(rig.load(LSR) & 0x02).as("nothing lost").isZero();
    }

    @Test
    void theFeedBringsBytesAtTheBaudRate() {
        rig.store(FCR, 0x01);
        rig.devices.feed(0).offer("abc".getBytes(java.nio.charset.StandardCharsets.US_ASCII));

        rig.clock.advance(CHARACTER - 1);
        assertThat(rig.load(LSR) & 1).isZero();
        rig.clock.advance(2 * CHARACTER + 1);

        assertThat(List.of(rig.load(DATA), rig.load(DATA), rig.load(DATA)))
                .containsExactly((int) 'a', (int) 'b', (int) 'c');
    }

    @Test
    void aByteThatIsLostOrFlippedOnTheWayIsReported() {
        rig.store(FCR, 0x01);
        var fired = new ArrayList<String>();
        rig.devices.feed(0).loseNext(() -> fired.add("lost"));
        rig.devices.feed(0).offer(new byte[] {'a', 'b'});
        rig.clock.advance(2 * CHARACTER);
        rig.devices.feed(0).flipNext(0x01, () -> fired.add("flipped"));
        rig.devices.feed(0).offer(new byte[] {'c'});
        rig.clock.advance(CHARACTER);

        assertThat(List.of(rig.load(DATA), rig.load(DATA))).containsExactly((int) 'b', (int) 'b');
        assertThat(fired).containsExactly("lost", "flipped");
    }

    /** The run of the vendor's nine-bit example: addresses behind unread data are kept back until these are handed over. */
    @ParameterizedTest
    @EnumSource(Revision.class)
    void inNineBitModeDataInFrontOfAnAddressAreHandedOverFirst(Revision revision) {
        start(revision);
        icr(NMR, 0x03);
        enhanced();
        rig.store(FCR, 0x01);
        rig.store(IER, 0x01);
        rig.devices.uart(0).receive(0x1F1);
        assertThat(rig.load(ISR)).as("an address at the top, no IER bit needed").isEqualTo(0x06);
        assertThat(rig.load(LSR) & 0x84).isEqualTo(0x04);
        assertThat(rig.load(DATA)).isEqualTo(0xF1);
        assertThat(isInterrupting()).isFalse();

        for (int character : new int[] {'h', 'i', 0x1F2, 'y', 'o'}) {
            rig.devices.uart(0).receive(character);
        }

        assertThat(rig.load(ISR)).as("data first, at once").isEqualTo(0x04);
        assertThat(List.of(rig.load(DATA), rig.load(DATA))).containsExactly((int) 'h', (int) 'i');
        assertThat(rig.load(ISR)).as("then the address").isEqualTo(0x06);
        assertThat(List.of(rig.load(DATA), rig.load(DATA), rig.load(DATA))).containsExactly(0xF2, (int) 'y', (int) 'o');
    }

    @ParameterizedTest
    @CsvSource({"B,0x1F1,true", "B,0x1F4,false", "C,0x1F4,true", "C,0x1F5,false", "C,0x0F1,false"})
    void specialCharactersRaiseTheirInterrupt(Revision revision, String character, boolean special) {
        start(revision);
        icr(NMR, 0x3D);
        rig.store(LCR, 0xBF);
        rig.store(FCR, 0x10);
        for (int i = 0; i < 4; i++) {
            rig.store(UART + 4 + i, 0xF1 + i);
        }
        rig.store(LCR, 0x03);
        rig.store(IER, 0x20);
        rig.store(FCR, 0xC1);
        rig.devices.uart(0).receive(Integer.decode(character));

        assertThat(rig.load(ISR)).isEqualTo(special ? 0x10 : 0x01);
        assertThat(rig.load(ISR)).as("cleared by the read").isEqualTo(0x01);
    }

    @Test
    void theNinthBitToSendIsThatOfTheScratchRegister() {
        icr(NMR, 0x01);
        rig.store(SPR, 1);
        rig.store(DATA, 0x42);
        rig.clock.advance(11 * BIT);

        assertThat(sent).containsExactly(0x142);
    }

    @Test
    void aSoftResetForgetsAllButTheClocks() {
        icr(TTL, 5);
        rig.store(FCR, 0x01);
        arrive(3);

        icr(CSR, 0);

        assertThat(rig.load(LSR)).isEqualTo(0x60);
        assertThat(icr(TTL)).isZero();
        assertThat(icr(TCR)).isZero();
    }

    @Test
    void whatWaitsToBeSentStillLeavesAtAResetButNotWhenPowerGoes() {
        rig.store(FCR, 0x01);
        rig.store(DATA, 'a');
        rig.store(DATA, 'b');
        rig.devices.reset(dev.ft900.board.control.ResetCause.REBOOT_COMMAND);
        assertThat(sent).containsExactly((int) 'a', (int) 'b');

        start(Revision.C);
        sent.clear();
        rig.store(DATA, 'c');
        rig.devices.reset(dev.ft900.board.control.ResetCause.POWER_ON);

        assertThat(sent).isEmpty();
    }
}
