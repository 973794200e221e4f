package dev.ft900.board.peripheral.rtc;

import static dev.ft900.board.register.Access.READ_ONLY;
import static dev.ft900.board.register.Access.READ_WRITE;
import static dev.ft900.board.register.Access.SET_UNTIL_DONE;
import static dev.ft900.board.register.Access.UNMODELLED;
import static dev.ft900.board.register.Access.WRITE_ONE_TO_CLEAR;

import dev.ft900.board.bus.Findings;
import dev.ft900.board.register.Field;
import dev.ft900.board.register.Reach;
import dev.ft900.board.register.Register;
import dev.ft900.board.register.RegisterBank;

/** The table of revision C in sheet 4.5. */
final class RtcCRegisters {
    final RegisterBank bank;
    final Register time;
    final Register date;
    final Register[] alarm;
    final Register control;
    final Field enable;
    final Field interruptEnable;
    final Field autoRefresh;
    final Field refresh;
    final Field write;
    final Register status;
    final Field[] alarmed;

    RtcCRegisters(int base, Findings findings) {
        bank = new RegisterBank("RTC_C", base, 0x2C, Reach.WORDS, findings);
        time = bank.register(0x00, "RTC_TIME", 32, 0);
        time.field(6, 0, "seconds", READ_WRITE);
        time.field(14, 8, "minutes", READ_WRITE);
        time.field(21, 16, "hours", READ_WRITE);
        time.bit(22, "hour_mode", UNMODELLED);
        time.field(31, 24, "ignored", READ_WRITE);
        date = bank.register(0x04, "RTC_DATE", 32, 0x0001_0101);
        date.field(2, 0, "weekday", READ_WRITE);
        date.field(13, 8, "date", READ_WRITE);
        date.field(20, 16, "month", READ_WRITE);
        date.bit(23, "century", READ_ONLY);
        date.field(31, 24, "year", READ_WRITE);
        alarm = new Register[] {alarm(0x08, "RTC_ALARM1"), alarm(0x0C, "RTC_ALARM2")};
        control = bank.register(0x10, "RTC_CTRL", 32, 0);
        enable = control.bit(0, "enable", READ_WRITE);
        interruptEnable = control.bit(1, "interrupt_enable", READ_WRITE);
        control.bit(2, "alarm1_ie", READ_WRITE);
        control.bit(3, "alarm2_ie", READ_WRITE);
        control.field(5, 4, "calibration_time", READ_WRITE);
        control.bit(6, "auto_calibration", READ_WRITE);
        autoRefresh = control.bit(7, "auto_refresh", READ_WRITE);
        refresh = control.bit(8, "refresh", SET_UNTIL_DONE);
        write = control.bit(9, "wrst", SET_UNTIL_DONE);
        status = bank.register(0x14, "RTC_STA", 32, 0);
        alarmed =
                new Field[] {status.bit(2, "alarm1", WRITE_ONE_TO_CLEAR), status.bit(3, "alarm2", WRITE_ONE_TO_CLEAR)};
        status.bit(4, "unnamed4", WRITE_ONE_TO_CLEAR);
        status.bit(5, "oscillator_stop", WRITE_ONE_TO_CLEAR);
        status.bit(6, "calibration_done", WRITE_ONE_TO_CLEAR);
        status.bit(7, "unnamed7", WRITE_ONE_TO_CLEAR);
        var trim = bank.register(0x18, "RTC_TRIM", 32, 0x03E8_0000);
        trim.field(15, 0, "value", READ_WRITE);
        trim.field(31, 16, "period", READ_WRITE);
        bank.register(0x1C, "RTC_SLEEP_TIME", 32, 0, UNMODELLED);
        bank.register(0x20, "RTC_SLEEP_DATE", 32, 0, UNMODELLED);
        bank.register(0x24, "RTC_COMP_PER", 32, 0).field(2, 0, "period", READ_WRITE);
        var trimming = bank.register(0x28, "RTC_VREF_TRIM", 32, 0);
        trimming.bit(8, "vbat_threshold", READ_WRITE);
        trimming.bit(16, "scratch", READ_WRITE);
    }

    private Register alarm(int offset, String name) {
        var register = bank.register(offset, name, 32, 0);
        register.field(6, 0, "seconds", READ_WRITE);
        register.bit(7, "ignore_seconds", READ_WRITE);
        register.field(14, 8, "minutes", READ_WRITE);
        register.bit(15, "ignore_minutes", READ_WRITE);
        register.field(21, 16, "hours", READ_WRITE);
        register.bit(22, "hour_mode", UNMODELLED);
        register.bit(23, "ignore_hours", READ_WRITE);
        register.field(29, 24, "day", READ_WRITE);
        register.bit(30, "weekday", READ_WRITE);
        register.bit(31, "ignore_day", READ_WRITE);
        return register;
    }
}
