package dev.ft900.board.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.board.irq.Interrupts;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What each class of instruction does (hardware sheet 1.4 to 1.9, 3.4), with the edge cases. */
class CoreTest {
    private static final int CC = CoreState.CC;
    private static final int SP = CoreState.SP;

    /** ALU, al: {@code al.l r0,r1,r2}. */
    @ParameterizedTest
    @CsvSource({
        "0, 7FFFFFFF, 1, 80000000",
        "1, 80000001, 1, C0000000",
        "1, 00000001, FFFFFFFF, 00000002",
        "2, 0, 1, FFFFFFFF",
        "3, 1, FFFFFFFF, 7FF",
        "4, F0F0, FF00, F000",
        "5, F0F0, FF00, FFF0",
        "6, F0F0, FF00, 0FF0",
        "7, F0F0, FF00, FFFFF00F",
        "8, 1, 21, 2",
        "8, 1, 1F, 80000000",
        "9, 80000000, 1F, 1",
        "A, 80000000, 1F, FFFFFFFF",
        "A, 80000000, 20, 80000000",
        "B, FFFFFFFF, 88, FFFF0FF",
        "C, 0000F000, 8C, FFFFFFFF",
        "C, F0000000, 11E, 3",
        "D, ABCD1234, 10C, D1",
        "D, ABCD1234, 4, D123",
        "E, 12345678, 18, 78563412",
        "E, 00000001, 1F, 80000000"
    })
    void anAluOperationGivesAllBits(String al, String x, String y, String expected) {
        int word = 0x44008020 | Integer.parseInt(al, 16);
        var expectedValue = al.equals("B") ? Alu.bins(hex(x), hex(y)) : hex(expected);
        assertThat(Program.of(word).with(1, hex(x)).with(2, hex(y)).run(1).r(0)).isEqualTo(expectedValue);
        // The suffix does not clear upper bits: nop is add.b.
        assertThat(Program.of(word & ~0x06000000)
                        .with(1, hex(x))
                        .with(2, hex(y))
                        .run(1)
                        .r(0))
                .isEqualTo(expectedValue);
    }

    @ParameterizedTest
    @CsvSource({
        // bins: description (0-length is 16, position), field in bits from 10 on
        "FFFFFFFF, 0088, FFFFF0FF",
        "00000000, FC88, 00000F00",
        "00000000, FFFFFC1C, F0000000",
        "FFFFFFFF, 0000, FFFF0000"
    })
    void binsReplacesAField(String x, String y, String expected) {
        assertThat(Alu.bins(hex(x), hex(y))).isEqualTo(hex(expected));
    }

    @ParameterizedTest
    @CsvSource({
        // al, width 0..2, x, y, A GT GTE S O C Z
        "2, 2, 5, 5, 0010001",
        "2, 2, 5, 6, 0001010",
        "2, 2, 6, 5, 1110000",
        "2, 2, 80000000, 1, 1000100",
        "2, 2, 7FFFFFFF, FFFFFFFF, 0111110",
        "2, 0, FFFFFF01, 2, 0001010",
        "2, 0, AAAAAA80, 1, 1000100",
        "2, 1, 18000, 7FFF, 1000100",
        "0, 2, FFFFFFFF, 1, 0000111",
        "0, 0, 80, 80, 0010011",
        "4, 2, F0, 0F, 0010001",
        "4, 2, 80000000, 80000000, 1001000",
        "C, 2, 8, 23, 1001000",
        "C, 2, 0, 23, 0010001"
    })
    void aComparisonWritesSevenFlags(String al, int dw, String x, String y, String flags) {
        int word = 0x58000000 | dw << 25 | CC << 20 | 1 << 15 | 2 << 4 | Integer.parseInt(al, 16);
        int expected = Integer.parseInt(flags, 2);
        assertThat(Program.of(word)
                        .with(1, hex(x))
                        .with(2, hex(y))
                        .with(CC, -1)
                        .run(1)
                        .r(CC))
                .isEqualTo(referenceFlags(Integer.parseInt(al, 16), dw, hex(x), hex(y)));
        if (!al.equals("0")) {
            assertThat(Flags.of(Integer.parseInt(al, 16), dw, hex(x), hex(y)))
                    .as("A GT GTE S O C Z")
                    .isEqualTo(expected);
        }
    }

    /** Hardware sheet 1.9, word by word. */
    private static int referenceFlags(int al, int dw, int x, int y) {
        int w = 8 << dw;
        long mask = (1L << w) - 1;
        long r = Alu.result(al, x, y) & mask;
        boolean z = r == 0;
        boolean s = (r >>> w - 1 & 1) == 1;
        boolean xs = (x >>> w - 1 & 1) == 1;
        boolean ys = (y >>> w - 1 & 1) == 1;
        boolean o = s != xs && xs != ys;
        boolean c =
                switch (al) {
                    case 0 -> ((x & mask) + (y & mask) >>> w & 1) == 1;
                    case 2 -> (x & mask) < (y & mask);
                    default -> false;
                };
        boolean gte = s == o;
        return (z ? 1 : 0)
                | (c ? 2 : 0)
                | (o ? 4 : 0)
                | (s ? 8 : 0)
                | (gte ? 16 : 0)
                | (gte && !z ? 32 : 0)
                | (!c && !z ? 64 : 0);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 7, 2, 3",
        "0, FFFFFFFF, 2, 7FFFFFFF",
        "0, 7, 0, FFFFFFFF",
        "1, 7, 0, 7",
        "1, FFFFFFFF, 10, F",
        "2, FFFFFFF9, 2, FFFFFFFD",
        "2, 80000000, FFFFFFFF, 80000000",
        "2, 7, 0, FFFFFFFF",
        "3, FFFFFFF9, 2, FFFFFFFF",
        "3, 80000000, FFFFFFFF, 0",
        "3, FFFFFFF9, 0, FFFFFFF9",
        "8, FFFFFFFF, 3, FFFFFFFD",
        "9, FFFFFFFF, FFFFFFFF, FFFFFFFE"
    })
    void theFfuDividesAndMultiplies(String al, String x, String y, String expected) {
        int word = 0xF4008020 | Integer.parseInt(al, 16);
        assertThat(Program.of(word).with(1, hex(x)).with(2, hex(y)).run(1).r(0)).isEqualTo(hex(expected));
    }

    @Test
    void loadsZeroExtendAndIgnoreLowAddressBits() {
        var program = Program.of(0xA8008001, 0xAA208003, 0xAC308003) // ldi.b r0,r1,1; ldi.s r2,r1,3; ldi.l r3,r1,3
                .withWord(0x100, 0xFEDC_BA98)
                .with(1, 0x100)
                .run(3);
        assertThat(program.r(0)).isEqualTo(0xBA);
        assertThat(program.r(2)).isEqualTo(0xFEDC);
        assertThat(program.r(3)).isEqualTo(0xFEDC_BA98);
    }

    @Test
    void dataAddressesWrapAt17Bits() {
        assertThat(Program.of(0xAC008004)
                        .withWord(0, 42)
                        .with(1, 0x1FFFC)
                        .run(1)
                        .r(0))
                .isEqualTo(42);
    }

    @Test
    void theStackWrapsInsideRam() {
        var program = Program.of(0x84008000, 0x8C200000).with(1, 42).with(SP, 0); // push r1; pop r2
        assertThat(program.run(1).r(SP)).isEqualTo(0xFFFC);
        assertThat(program.word(0xFFFC)).isEqualTo(42);
        assertThat(program.run(1).r(2)).isEqualTo(42);
        assertThat(program.r(SP)).isZero();
    }

    @Test
    void pushingTheStackPointerPushesItsOldValueAndPoppingItWins() {
        var program = Program.of(0x84000000 | SP << 15, 0x8C000000 | SP << 20)
                .with(SP, 0x100)
                .run(1);
        assertThat(program.word(0xFC)).isEqualTo(0x100);
        assertThat(program.run(1).r(SP)).isEqualTo(0x100);
    }

    @Test
    void linkAndUnlinkMakeAndRemoveAFrame() {
        var program = Program.of(0x95D00030, 0x99D00000).with(SP, 0x200).with(29, 77); // link r29,48; unlink r29
        program.run(1);
        assertThat(program.r(29)).isEqualTo(0x1FC);
        assertThat(program.r(SP)).isEqualTo(0x1FC - 48);
        program.run(1);
        assertThat(program.r(29)).isEqualTo(77);
        assertThat(program.r(SP)).isEqualTo(0x200);
    }

    @Test
    void callsPushTheNextAddressAndReturnPopsIt() {
        var program = Program.of(0x00340003, 0x40004000, 0x40004000, 0xA0000000).with(SP, 0x100); // call 0xc ... return
        assertThat(program.run(1).pc()).isEqualTo(0xC);
        assertThat(program.word(0xFC)).isEqualTo(4);
        assertThat(program.run(1).pc()).isEqualTo(4);
    }

    @Test
    void anExchangeReadsBeforeItWrites() {
        var program =
                Program.of(0x3C100100, 0x38110000).withWord(0x100, 5).with(1, 9); // exa.l r1,0x100; exa.b r1,0x10000
        program.run(1);
        assertThat(program.r(1)).isEqualTo(5);
        assertThat(program.word(0x100)).isEqualTo(9);
        program.run(1);
        assertThat(program.io()).containsExactly("load 0", "store 0 5 1");
        assertThat(program.r(1)).isEqualTo(1);
    }

    @Test
    void anyBitOfThreeRegistersCanBeTested() {
        assertThat(Program.of(0x01C80004).with(28, 0x80).run(1).pc()).isEqualTo(0x10);
        assertThat(Program.of(0x01C80004).with(28, 0x7F).run(1).pc()).isEqualTo(4);
    }

    @Test
    void memcpyCopiesAscendingAlsoOntoItself() {
        var program = Program.of(0xF4008025)
                .withWord(0x100, 0x44332211)
                .with(0, 0x101)
                .with(1, 0x100)
                .with(2, 5)
                .run(1);
        assertThat(program.word(0x100)).isEqualTo(0x11111111);
        assertThat(program.r(0)).isEqualTo(0x101);
    }

    @Test
    void streamsRoundUpToTheirItems() {
        var program = Program.of(0xF400802E)
                .withWord(0x20, 1)
                .withWord(0x24, 2)
                .with(0, 0x10010)
                .with(1, 0x20)
                .with(2, 5)
                .run(1);
        assertThat(program.io()).containsExactly("store 16 1 0", "store 16 2 0");
    }

    @Test
    void aStringWithoutAnEndIsAFaultAndNotAHang() {
        var program = Program.of(0xF000C006); // strlen.b r0,r1
        java.util.Arrays.fill(program.core().ram().bytes(), (byte) 'x');
        program.run(1);
        // I/O beyond RAM reads as a zero here and there; the first ends it.
        assertThat(program.r(0)).isGreaterThan(0xFFFF);
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(0xFFFFFFFF, Fault.Kind.RUNAWAY),
                Arguments.of(0x00000000, Fault.Kind.RUNAWAY),
                Arguments.of(0x78000000, Fault.Kind.ILLEGAL),
                Arguments.of(0xD0000000, Fault.Kind.ILLEGAL),
                Arguments.of(0x4400000F, Fault.Kind.ILLEGAL),
                Arguments.of(0x10000000, Fault.Kind.COMPRESSED),
                Arguments.of(0x08300010, Fault.Kind.RUNAWAY)); // jmpi r1
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whatNoProgramDoesIsAFaultWithItsPlaceAndWord(int word, Fault.Kind kind) {
        var program = Program.of(0x00300002, 0, word).with(1, 0x12345678).run(10);
        assertThat(program.stop()).isInstanceOfSatisfying(Stop.Faulted.class, faulted -> {
            assertThat(faulted.fault().kind()).isEqualTo(kind);
            assertThat(faulted.fault().pc()).isEqualTo(8);
            assertThat(faulted.fault().word()).isEqualTo(word);
            assertThat(faulted.fault().trail()).startsWith(new Fault.Jump(0, 8));
        });
    }

    @Test
    void anInterruptPushesThePcAndOneInstructionRunsAfterReti() {
        // 0x00 nop; nop; ... vector at 0x20: reti
        var source = new OneLine();
        var program = Program.of(0x40004000, 0x40004000, 0x40004000, 0x40004000, 0, 0, 0, 0, 0xA4000000)
                .with(SP, 0x100)
                .with(source);
        program.run(1);
        source.asserted = true;
        program.core().attend();
        program.run(1); // enters, executes reti
        assertThat(program.pc()).isEqualTo(4);
        assertThat(source.left).isEqualTo(1);
        program.run(1); // one instruction of the program
        assertThat(program.pc()).isEqualTo(8);
        assertThat(source.entered).isEqualTo(1);
        program.run(1); // and again into the interrupt
        assertThat(source.entered).isEqualTo(2);
        assertThat(program.word(0xFC)).isEqualTo(8);
    }

    private static final class OneLine implements Interrupts {
        boolean asserted;
        boolean inService;
        int entered;
        int left;

        @Override
        public boolean pending() {
            return asserted && !inService;
        }

        @Override
        public int enter() {
            inService = true;
            entered++;
            return 0x20;
        }

        @Override
        public void leave() {
            inService = false;
            left++;
        }
    }

    private static int hex(String text) {
        return Integer.parseUnsignedInt(text, 16);
    }
}
