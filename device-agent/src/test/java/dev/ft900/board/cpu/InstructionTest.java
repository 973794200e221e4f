package dev.ft900.board.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hardware sheet 1.12: words as the assembler made them. */
class InstructionTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    nop                     | 40004000
                    move.l r3,r4            | 44324000
                    add.l r1,r2,r3          | 44110030
                    add.l r1,r2,-1          | 44117FF0
                    sub.l r1,r2,511         | 44115FF2
                    ldl.l r3,r3,0x3ff       | 4431FFF3
                    bins.l r0,r1,260        | 4400D04B
                    flip.l r0,r1,24         | 4400C18E
                    cmp.l r1,5              | 5DE0C052
                    cmp.b r1,r2             | 59E08022
                    tst.l r1,1              | 5DE0C014
                    btst.l r0,35            | 5DE0423C
                    addcc.l r0,r1           | 5DE00010
                    ldk.l r0,-1             | 640FFFFF
                    ldk.l sp,0x10000        | 65F10000
                    lpm.l r0,0x3fffc        | 6C00FFFF
                    lpmi.b r2,r1,-4         | C82080FC
                    lda.l r1,0x10000        | C4110000
                    sta.b 0x100e3,r4        | B84100E3
                    ldi.l r1,sp,4           | AC1F8004
                    sti.l sp,4,r1           | B5F08004
                    exa.b r5,0x100e3        | 385100E3
                    exi.l r0,r7,124         | EC03807C
                    push r0                 | 84000000
                    pop r0                  | 8C000000
                    link r29,48             | 95D00030
                    unlink r29              | 99D00000
                    return                  | A0000000
                    reti                    | A4000000
                    jmp 0x8c                | 00300023
                    call 0x8                | 00340002
                    jmpc z,0x10             | 00280004
                    jmpc gt,0x10            | 01680004
                    callc nz,0x10           | 00240004
                    jmpx 7,r28,1,0x10       | 01C80004
                    callx 3,r29,0,0x10      | 00D40004
                    jmpi r14                | 083000E0
                    calli r14               | 083400E0
                    jmpic nz,r5             | 08200050
                    udiv.l r1,r2,r3         | F4110030
                    mod.l r1,r2,7           | F4114073
                    muluh.l r1,r2,r3        | F4110039
                    strcmp.b r0,r1,r2       | F0008024
                    memcpy.l r0,r1,r2       | F4008025
                    strlen.b r0,r1          | F000C006
                    memset.b r0,r1,r2       | F0008027
                    stpcpy.b r0,r1          | F000C00A
                    streamin.l r0,r1,r2     | F400802C
                    streamouti.b r0,r1,r2   | F000802F
                    """)
    void aWordIsWhatTheAssemblerMeant(String text, String word) {
        assertThat(Disassembler.text(Integer.parseUnsignedInt(word, 16))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0004,4", "00FC,-4", "0080,-128", "7F80,128", "01D4,-300", "007F,127", "00FF,-1", "3F7F,16255"})
    void displacementsHaveTheirTwist(String field, int expected) {
        assertThat(Instruction.decode(0xAC000000 | Integer.parseInt(field, 16)).k())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x02, 0x03, 0x04, 0x05, 0x06, 0x09, 0x0A, 0x0E})
    void carriersOfPairsAreCompressed(int pattern) {
        assertThat(Instruction.decode(pattern << 27 | 0x123).kind()).isEqualTo(InstructionClass.COMPRESSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "D0000000",
                "D8000000",
                "E0000000",
                "F8000000",
                "FFFFFFFF",
                "4400000F",
                "5DE0000F",
                "F400000B",
                "AE000000"
            })
    void whatFt32aLacksIsIllegal(String word) {
        assertThat(Instruction.decode(Integer.parseUnsignedInt(word, 16)).kind())
                .isEqualTo(InstructionClass.ILLEGAL);
    }
}
