package dev.ft900.board.peripheral.timer;

import static dev.ft900.board.register.Access.PULSE;
import static dev.ft900.board.register.Access.READ_ONLY;
import static dev.ft900.board.register.Access.READ_TO_CLEAR;
import static dev.ft900.board.register.Access.READ_WRITE;
import static dev.ft900.board.register.Access.WRITE_ONE_TO_CLEAR;

import dev.ft900.board.bus.Findings;
import dev.ft900.board.peripheral.Revision;
import dev.ft900.board.register.Access;
import dev.ft900.board.register.Field;
import dev.ft900.board.register.Reach;
import dev.ft900.board.register.Register;
import dev.ft900.board.register.RegisterBank;

/** The table of sheet 4.4. */
final class TimerRegisters {
    static final int TIMERS = 4;
    private static final String NAMES = "abcd";

    final RegisterBank bank;
    final Register control0;
    final Field softReset;
    final Field blockEnable;
    final Register control1;
    final Field[] start;
    final Field[] stop;
    final Register control2;
    final Field startWatchdog;
    final Field clearWatchdog;
    final Field watchdogInterrupt;
    final Field watchdogInterruptEnable;
    final Field[] prescaled;
    final Register control3;
    final Field[] oneShot;
    final Field[] countUp;
    final Register control4;
    final Field[] clear;
    final Register interrupt;
    final Field[] pending = new Field[TIMERS];
    final Field[] enable = new Field[TIMERS];
    final Field writeSelect;
    final Field readSelect;
    final Field watchdogExponent;
    final Register writeLow;
    final Register writeHigh;
    final Register prescalerLow;
    final Register prescalerHigh;
    final Register readLow;
    final Register readHigh;
    /** On revision C. */
    final Field watchdogReset;

    TimerRegisters(int base, Revision revision, Findings findings) {
        bank = new RegisterBank("TIMER", base, 0x10, Reach.BYTES, findings);
        control0 = bank.register(0x0, "TIMER_CONTROL_0", 8, 0x00);
        softReset = control0.bit(0, "soft_reset", PULSE);
        blockEnable = control0.bit(1, "block_en", READ_WRITE);
        control1 = bank.register(0x1, "TIMER_CONTROL_1", 8, 0x00);
        start = each(control1, 0, "start_", PULSE);
        stop = each(control1, 4, "stop_", PULSE);
        control2 = bank.register(0x2, "TIMER_CONTROL_2", 8, 0x00);
        startWatchdog = control2.bit(0, "start_wdg", PULSE);
        clearWatchdog = control2.bit(1, "clear_wdg", PULSE);
        watchdogInterrupt = control2.bit(2, "wdg_int", WRITE_ONE_TO_CLEAR);
        watchdogInterruptEnable = control2.bit(3, "wdg_int_en", READ_WRITE);
        prescaled = each(control2, 4, "prescaling_", READ_WRITE);
        control3 = bank.register(0x3, "TIMER_CONTROL_3", 8, 0x00);
        oneShot = each(control3, 0, "one_shot_", READ_WRITE);
        countUp = each(control3, 4, "up_", READ_WRITE);
        control4 = bank.register(0x4, "TIMER_CONTROL_4", 8, 0x00);
        clear = each(control4, 0, "clear_", PULSE);
        if (revision == Revision.C) {
            each(control4, 4, "clear_presc_", PULSE);
        } else {
            control4.bit(4, "clear_presc", PULSE);
        }
        interrupt = bank.register(0x5, "TIMER_INT", 8, 0x00);
        for (int timer = 0; timer < TIMERS; timer++) {
            pending[timer] = interrupt.bit(2 * timer, "int_" + NAMES.charAt(timer), WRITE_ONE_TO_CLEAR);
            enable[timer] = interrupt.bit(2 * timer + 1, "int_en_" + NAMES.charAt(timer), READ_WRITE);
        }
        var select = bank.register(0x6, "TIMER_SELECT", 8, 0x00);
        writeSelect = select.field(1, 0, "write_select", READ_WRITE);
        readSelect = select.field(3, 2, "read_select", READ_WRITE);
        watchdogExponent = bank.register(0x7, "TIMER_WDG", 8, 0x00).field(4, 0, "exponent", READ_WRITE);
        writeLow = bank.register(0x8, "TIMER_WRITE_LS", 8, 0x00, READ_WRITE);
        writeHigh = bank.register(0x9, "TIMER_WRITE_MS", 8, 0x00, READ_WRITE);
        prescalerLow = bank.register(0xA, "TIMER_PRESC_LS", 8, 0x00, READ_WRITE);
        prescalerHigh = bank.register(0xB, "TIMER_PRESC_MS", 8, 0x00, READ_WRITE);
        readLow = bank.register(0xC, "TIMER_READ_LS", 8, 0x00, READ_ONLY);
        readHigh = bank.register(0xD, "TIMER_READ_MS", 8, 0x00, READ_ONLY);
        watchdogReset = revision == Revision.C
                ? bank.register(0xF, "TIMER_WDG_STATUS", 8, 0x00).bit(0, "wdg_reset", READ_TO_CLEAR)
                : null;
    }

    private static Field[] each(Register register, int firstBit, String name, Access access) {
        var fields = new Field[TIMERS];
        for (int timer = 0; timer < TIMERS; timer++) {
            fields[timer] = register.bit(firstBit + timer, name + NAMES.charAt(timer), access);
        }
        return fields;
    }
}
