package dev.ft900.board.ft900;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.board.bus.AccessWidth;
import dev.ft900.board.control.ResetCause;
import dev.ft900.board.peripheral.Revision;
import dev.ft900.board.register.Access;
import dev.ft900.board.register.Register;
import dev.ft900.board.register.RegisterBank;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the tables promise, of every register of both revisions: each on fresh peripherals, through its table. */
class RegisterTablesTest {
    private static final int ONES = -1;

    static Stream<Arguments> banks() {
        return Stream.of(Revision.values()).flatMap(revision -> {
            var tables = Ft900Rig.unpowered(revision).devices.tables();
            return Stream.iterate(0, i -> i < tables.size(), i -> i + 1)
                    .map(i -> Arguments.of(revision, i, tables.get(i).name()));
        });
    }

    /** A fresh table for each look at a register: nothing that one register does may blur the next. */
    private static RegisterBank fresh(Revision revision, int table) {
        return Ft900Rig.unpowered(revision).devices.tables().get(table);
    }

    private static AccessWidth width(Register register) {
        return AccessWidth.ofField(Integer.numberOfTrailingZeros(register.width() / 8));
    }

    private static int read(RegisterBank bank, Register register) {
        return bank.load(register.offset(), width(register));
    }

    private static int bits(Register register) {
        return register.width() == 32 ? -1 : (1 << register.width()) - 1;
    }

    private static boolean isReadable(Register register) {
        int meaning = bits(register) & ~register.mask(Access.RESERVED);
        return meaning == 0 || (meaning & ~register.mask(Access.WRITE_ONLY)) != 0;
    }

    private static boolean isWritable(Register register) {
        int meaning = bits(register) & ~register.mask(Access.RESERVED);
        return meaning == 0 || (meaning & ~register.mask(Access.READ_ONLY, Access.READ_TO_CLEAR)) != 0;
    }

    @ParameterizedTest
    @EnumSource(Revision.class)
    void aResetBringsBackEveryResetValue(Revision revision) {
        var rig = Ft900Rig.powered(revision);
        for (var bank : rig.devices.tables()) {
            bank.registers().forEach(register -> register.value(~register.resetValue()));
        }

        rig.devices.reset(ResetCause.WATCHDOG);

        for (var bank : rig.devices.tables()) {
            for (var register : bank.registers()) {
                if (!Live.AT_RESET.contains(register.name()) && !Live.SURVIVES_RESET.contains(register.name())) {
                    assertThat(register.value()).as("%s", register).isEqualTo(register.resetValue());
                }
            }
        }
    }

    @ParameterizedTest(name = "revision {0}: {2}")
    @MethodSource("banks")
    void everyRegisterReadsItsResetValueAtFirst(Revision revision, int table, String name) {
        var count = fresh(revision, table).registers().size();
        for (int i = 0; i < count; i++) {
            var bank = fresh(revision, table);
            var register = bank.registers().get(i);
            if (isReadable(register) && !Live.AT_RESET.contains(register.name())) {
                int hidden = register.mask(Access.WRITE_ONLY, Access.PULSE);
                assertThat(read(bank, register))
                        .as("%s reads its reset value", register)
                        .isEqualTo(register.resetValue() & ~hidden);
            }
        }
    }

    @ParameterizedTest(name = "revision {0}: {2}")
    @MethodSource("banks")
    void everyFieldAnswersAWriteOfOnesAndZerosAsItsAccessModeSays(Revision revision, int table, String name) {
        var count = fresh(revision, table).registers().size();
        for (int i = 0; i < count; i++) {
            for (int written : new int[] {ONES, 0, 0x5A5A_5A5A, 0xA5A5_A5A5}) {
                checkWrite(fresh(revision, table), i, written);
            }
        }
    }

    private void checkWrite(RegisterBank bank, int index, int written) {
        var register = bank.registers().get(index);
        if (!isWritable(register)) {
            return;
        }
        bank.store(register.offset(), width(register), written);
        if (!isReadable(register)) {
            return;
        }
        int now = read(bank, register);

        int keeps = register.mask(Access.READ_WRITE, Access.UNMODELLED) & ~Live.changesByItself(register);
        assertThat(now & keeps).as("%s reads back what was written", register).isEqualTo(written & keeps);
        int fixed = register.mask(Access.RESERVED);
        assertThat(now & fixed)
                .as("reserved bits of %s keep their reset value", register)
                .isEqualTo(register.resetValue() & fixed);
        int hidden = register.mask(Access.WRITE_ONLY, Access.PULSE);
        assertThat(now & hidden)
                .as("write-only and pulse bits of %s read 0", register)
                .isZero();
        int hardware = register.mask(Access.READ_ONLY, Access.READ_TO_CLEAR) & ~Live.changesByItself(register);
        assertThat(now & hardware)
                .as("read-only bits of %s do not follow a write", register)
                .isEqualTo(register.resetValue() & hardware);
    }

    @ParameterizedTest(name = "revision {0}: {2}")
    @MethodSource("banks")
    void writingOneClearsEveryFlagOfThatModeAndZeroLeavesIt(Revision revision, int table, String name) {
        var count = fresh(revision, table).registers().size();
        for (int i = 0; i < count; i++) {
            var bank = fresh(revision, table);
            var register = bank.registers().get(i);
            int flags = register.mask(Access.WRITE_ONE_TO_CLEAR) & ~Live.changesByItself(register);
            if (flags == 0) {
                continue;
            }
            register.value(register.value() | flags);

            bank.store(register.offset(), width(register), 0);
            assertThat(register.value() & flags)
                    .as("%s after writing 0", register)
                    .isEqualTo(flags);
            bank.store(register.offset(), width(register), flags);

            assertThat(register.value() & flags)
                    .as("%s after writing 1", register)
                    .isZero();
        }
    }

    @ParameterizedTest(name = "revision {0}: {2}")
    @MethodSource("banks")
    void readingClearsEveryFlagOfThatMode(Revision revision, int table, String name) {
        var count = fresh(revision, table).registers().size();
        for (int i = 0; i < count; i++) {
            var bank = fresh(revision, table);
            var register = bank.registers().get(i);
            int flags = register.mask(Access.READ_TO_CLEAR);
            register.value(register.value() | flags);

            assertThat(read(bank, register) & flags)
                    .as("%s reads them", register)
                    .isEqualTo(flags);

            assertThat(register.value() & flags)
                    .as("%s has them no more", register)
                    .isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Revision.class)
    void everyTableFitsItsPlaceInTheMap(Revision revision) {
        for (var bank : Ft900Rig.unpowered(revision).devices.tables()) {
            boolean mapped = Stream.of(Slot.values())
                    .filter(slot -> slot.isOn(revision))
                    .anyMatch(slot ->
                            slot.base() <= bank.base() && bank.base() + bank.size() <= slot.base() + slot.length()
                                    || bank.name().contains(" ") && slot.base() == bank.base());
            assertThat(mapped)
                    .as("%s at 0x%X + 0x%X", bank.name(), bank.base(), bank.size())
                    .isTrue();
        }
    }
}
