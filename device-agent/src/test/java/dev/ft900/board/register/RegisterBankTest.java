package dev.ft900.board.register;

import static dev.ft900.board.bus.AccessWidth.BYTE;
import static dev.ft900.board.bus.AccessWidth.HALF;
import static dev.ft900.board.bus.AccessWidth.WORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ft900.board.bus.BusFault;
import dev.ft900.board.bus.Finding;
import dev.ft900.board.bus.Finding.Kind;
import dev.ft900.board.bus.Findings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegisterBankTest {
    private static final int BASE = 0x10000;

    private final Findings findings = new Findings(false);

    private RegisterBank bank(Reach reach) {
        return new RegisterBank("BLOCK", BASE, 0x10, reach, findings);
    }

    @Test
    void aWordAccessReachesFourByteRegistersInTheirLanes() {
        var bank = bank(Reach.ANY);
        for (int i = 0; i < 4; i++) {
            bank.register(i, "R" + i, 8, i, Access.READ_WRITE);
        }

        assertThat(bank.load(0, WORD)).isEqualTo(0x03020100);
        bank.store(0, WORD, 0xAABBCCDD);

        assertThat(bank.load(2, BYTE)).isEqualTo(0xBB);
        assertThat(bank.load(2, HALF)).isEqualTo(0xAABB);
        assertThat(findings.counts()).isEmpty();
    }

    @Test
    void aByteAccessReachesItsLaneOfAWordRegisterOnly() {
        var bank = bank(Reach.ANY);
        bank.register(0, "R", 32, 0x11223344, Access.READ_WRITE);

        bank.store(1, BYTE, 0xFF);

        assertThat(bank.load(0, WORD)).isEqualTo(0x1122FF44);
        assertThat(bank.load(3, BYTE)).isEqualTo(0x11);
    }

    @Test
    void aWideAccessToAByteBlockReachesTheLowRegisterAndIsTheProgramsMistake() {
        var bank = bank(Reach.BYTES);
        bank.register(0, "R0", 8, 0x12, Access.READ_WRITE);
        bank.register(1, "R1", 8, 0x34, Access.READ_WRITE);

        bank.store(0, WORD, 0x5678);

        assertThat(bank.load(1, BYTE)).isEqualTo(0x34);
        assertThat(bank.load(0, BYTE)).isEqualTo(0x78);
        assertThat(findings.counts())
                .containsOnlyKeys(
                        new Finding(Kind.GUEST_ERROR, "BLOCK", BASE, "32-bit access to a block that takes 8"));
    }

    @Test
    void writingOneClearsAndWritingZeroDoesNot() {
        var bank = bank(Reach.ANY);
        var flags = bank.register(0, "R", 8, 0, Access.WRITE_ONE_TO_CLEAR);
        flags.value(0x0F);

        bank.store(0, BYTE, 0x05);

        assertThat(bank.load(0, BYTE)).isEqualTo(0x0A);
    }

    @Test
    void readingClearsOnlyTheLanesThatWereRead() {
        var bank = bank(Reach.ANY);
        var flags = bank.register(0, "R", 16, 0, Access.READ_TO_CLEAR);
        flags.value(0x1234);

        assertThat(bank.load(0, BYTE)).isEqualTo(0x34);

        assertThat(bank.load(0, HALF)).isEqualTo(0x1200);
        assertThat(bank.load(0, HALF)).isZero();
    }

    @Test
    void aPulseIsSeenByThePeripheralAndReadsZero() {
        var bank = bank(Reach.ANY);
        var register = bank.register(0, "R", 8, 0);
        var go = register.bit(3, "go", Access.PULSE);
        var seen = new ArrayList<Boolean>();
        register.onWrite(() -> seen.add(go.isSet()));

        bank.store(0, BYTE, 0x08);

        assertThat(seen).containsExactly(true);
        assertThat(bank.load(0, BYTE)).isZero();
    }

    @Test
    void whatIsSetUntilDoneIsClearedByThePeripheralOnly() {
        var bank = bank(Reach.ANY);
        var busy = bank.register(0, "R", 8, 0).bit(0, "busy", Access.SET_UNTIL_DONE);
        bank.store(0, BYTE, 1);

        bank.store(0, BYTE, 0);
        assertThat(bank.load(0, BYTE)).isEqualTo(1);
        busy.clear();

        assertThat(bank.load(0, BYTE)).isZero();
    }

    @Test
    void changingReservedBitsIsTheProgramsMistakeAndChangesNothing() {
        var bank = bank(Reach.ANY);
        bank.register(0, "R", 8, 0x80).bit(0, "used", Access.READ_WRITE);

        bank.store(0, BYTE, 0x81);
        assertThat(findings.counts()).isEmpty();
        bank.store(0, BYTE, 0x41);

        assertThat(bank.load(0, BYTE)).isEqualTo(0x81);
        assertThat(findings.counts())
                .containsOnlyKeys(new Finding(Kind.GUEST_ERROR, "BLOCK", BASE, "changes reserved bits of R"));
    }

    @Test
    void aGapOfTheModelIsToldFromAMistakeOfTheProgram() {
        var bank = bank(Reach.ANY);
        var register = bank.register(4, "R", 8, 0);
        register.bit(0, "known", Access.READ_WRITE);
        register.bit(1, "fancy", Access.UNMODELLED);

        bank.store(4, BYTE, 0x03);

        assertThat(bank.load(4, BYTE)).isEqualTo(0x03);
        assertThat(findings.counts())
                .containsOnlyKeys(new Finding(Kind.NOT_MODELLED, "BLOCK", BASE + 4, "changes fancy of R"));
    }

    @Test
    void whatIsTouchedWhereNoRegisterIsReadsZeroAndIsReportedOnce() {
        var bank = bank(Reach.ANY);
        bank.register(0, "R", 8, 0xFF, Access.READ_WRITE);

        assertThat(bank.load(8, BYTE)).isZero();
        bank.load(8, BYTE);

        assertThat(findings.counts())
                .containsExactly(java.util.Map.entry(
                        new Finding(Kind.GUEST_ERROR, "BLOCK", BASE + 8, "reads where no register is"), 2L));
    }

    @Test
    void aReadableAndAWritableRegisterShareAnOffset() {
        var bank = bank(Reach.BYTES);
        bank.register(0, "IN", 8, 0x42, Access.READ_ONLY);
        var out = bank.register(0, "OUT", 8, 0, Access.WRITE_ONLY);

        bank.store(0, BYTE, 0x17);

        assertThat(out.value()).isEqualTo(0x17);
        assertThat(bank.load(0, BYTE)).isEqualTo(0x42);
        assertThat(findings.counts()).isEmpty();
    }

    @Test
    void aStrictMachineStopsAtTheFirstFinding() {
        var bank = new RegisterBank("BLOCK", BASE, 4, Reach.ANY, new Findings(true));

        assertThatThrownBy(() -> bank.load(0, BYTE))
                .isInstanceOf(BusFault.class)
                .hasMessageContaining("BLOCK");
    }

    @Test
    void faultsOfATableAreFoundWhenItIsMade() {
        var bank = bank(Reach.ANY);
        var register = bank.register(0, "R", 8, 0);
        register.field(3, 0, "low", Access.READ_WRITE);

        assertThatThrownBy(() -> register.bit(3, "again", Access.READ_WRITE)).hasMessageContaining("overlaps");
        assertThatThrownBy(() -> register.bit(8, "outside", Access.READ_WRITE)).hasMessageContaining("fit");
        assertThatThrownBy(() -> bank.register(0xE, "LONG", 32, 0)).hasMessageContaining("BLOCK.LONG");
        assertThatThrownBy(() -> bank.register(0x4, "WIDE", 8, 0x100)).hasMessageContaining("wider");
    }

    @Test
    void twoRegistersAtOneOffsetAreAFaultOfTheTable() {
        var bank = bank(Reach.ANY);
        bank.register(0, "A", 32, 0, Access.READ_WRITE);
        bank.register(2, "B", 8, 0, Access.READ_WRITE);

        assertThatThrownBy(() -> bank.load(0, BYTE))
                .hasMessageContaining("BLOCK.B")
                .hasMessageContaining("BLOCK.A");
    }

    @Test
    void aResetGivesEveryRegisterItsResetValue() {
        var bank = bank(Reach.ANY);
        bank.register(0, "A", 8, 0x11, Access.READ_WRITE);
        bank.register(4, "B", 32, 0x22334455, Access.READ_WRITE);
        for (int offset : List.of(0, 4)) {
            bank.store(offset, WORD, -1);
        }

        bank.reset();

        assertThat(bank.load(0, BYTE)).isEqualTo(0x11);
        assertThat(bank.load(4, WORD)).isEqualTo(0x22334455);
    }
}
