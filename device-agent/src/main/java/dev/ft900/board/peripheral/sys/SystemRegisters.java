package dev.ft900.board.peripheral.sys;

import static dev.ft900.board.register.Access.PULSE;
import static dev.ft900.board.register.Access.READ_ONLY;
import static dev.ft900.board.register.Access.READ_WRITE;
import static dev.ft900.board.register.Access.SET_UNTIL_DONE;
import static dev.ft900.board.register.Access.UNMODELLED;
import static dev.ft900.board.register.Access.WRITE_ONE_TO_CLEAR;

import dev.ft900.board.bus.Findings;
import dev.ft900.board.peripheral.Revision;
import dev.ft900.board.register.Field;
import dev.ft900.board.register.Reach;
import dev.ft900.board.register.Register;
import dev.ft900.board.register.RegisterBank;
import java.util.List;

/** The tables of sheet 4.1.1 to 4.1.3, without the reset register. */
final class SystemRegisters {
    private static final List<String> CLOCKS = List.of(
            "camera",
            "i2s",
            "pwm",
            "uart1",
            "uart0",
            "spis1",
            "spis0",
            "spim",
            "i2cs",
            "i2cm",
            "can1",
            "can0",
            "sd",
            "ethernet",
            "usb_device",
            "usb_host");
    private static final List<String> USB_EVENTS = List.of(
            "overcurrent",
            "host_resume",
            "host_reset",
            "device_disconnect",
            "device_connect",
            "host_disconnect",
            "host_connect",
            "remote_wakeup");

    final RegisterBank bank;
    final Register chipId;
    final Register clocks;
    final Register power;
    final Field slowTimer;
    final Field slowTimerInterrupt;
    final Field powerDown;
    final Field rtcAlarmEnable;
    final Register powerEvents;
    final Field slowTimerExpired;
    final Field gpioActivity;
    final Field rtcAlarm;
    final Register testAndSet;
    final Field granted;
    final Register testAndSetView;
    final Register misc;
    final Field resetPeripherals;
    final Field swapI2c;
    final Field resetPhy;
    final Field[] uartFifoSelect = new Field[2];
    final Field[] uartInterruptSelect = new Field[2];

    SystemRegisters(int base, Revision revision, Findings findings) {
        boolean isC = revision == Revision.C;
        bank = new RegisterBank("SYS", base, 0x1C, Reach.ANY, findings);

        chipId = bank.register(0x00, "CHIPID", 32, revision.chipId(), READ_ONLY);
        bank.register(0x04, "EFCFG", 32, 0xEFFF_FFFF, READ_ONLY);

        clocks = bank.register(0x08, "CLKCFG", 32, 0);
        for (int bit = 0; bit < CLOCKS.size(); bit++) {
            clocks.bit(bit, CLOCKS.get(bit), READ_WRITE);
        }
        if (isC) {
            clocks.field(19, 16, "cpu_divider", UNMODELLED);
        }

        power = bank.register(0x0C, "PMCFG", 16, 0);
        power.bit(0, "overcurrent_detect", READ_WRITE);
        power.bit(1, "device_detect", READ_WRITE);
        power.bit(2, "host_detect", READ_WRITE);
        power.bit(3, "remote_wakeup", READ_WRITE);
        power.bit(4, "force_device_detect", UNMODELLED);
        power.bit(5, "force_host_detect", UNMODELLED);
        slowTimer = power.bit(6, "slow_timer", SET_UNTIL_DONE);
        slowTimerInterrupt = power.bit(7, "slow_timer_irq", READ_WRITE);
        powerDown = power.bit(8, "power_down", READ_WRITE);
        power.bit(9, "stop_oscillator", READ_WRITE);
        power.bit(10, "device_phy", READ_WRITE);
        rtcAlarmEnable = isC ? power.bit(12, "rtc_alarm_enable", READ_WRITE) : null;
        if (isC) {
            power.field(15, 13, "vbat", UNMODELLED);
        }

        powerEvents = bank.register(0x0E, "PMCFG_PEND", 16, 0);
        for (int bit = 0; bit < USB_EVENTS.size(); bit++) {
            powerEvents.bit(bit, USB_EVENTS.get(bit), WRITE_ONE_TO_CLEAR);
        }
        slowTimerExpired = powerEvents.bit(8, "slow_timer", WRITE_ONE_TO_CLEAR);
        gpioActivity = powerEvents.bit(9, "gpio_activity", WRITE_ONE_TO_CLEAR);
        if (isC) {
            powerEvents.field(14, 13, "vbat", WRITE_ONE_TO_CLEAR);
        }
        rtcAlarm = isC ? powerEvents.bit(15, "rtc_alarm", WRITE_ONE_TO_CLEAR) : null;

        testAndSet = bank.register(0x10, "PTSTNSET", 32, 0);
        granted = testAndSet.bit(0, "taken", WRITE_ONE_TO_CLEAR);
        testAndSetView = bank.register(0x14, "PTSTNSETR", 32, 0);
        testAndSetView.bit(0, "taken", READ_ONLY);

        misc = bank.register(0x18, "MSC0CFG", 32, 0);
        misc.field(7, 0, "battery_charging", UNMODELLED);
        resetPhy = misc.bit(8, "mac_reset_phy", PULSE);
        misc.field(11, 9, "usb_device_resets", PULSE);
        misc.bit(12, "remote_wakeup_drive", UNMODELLED);
        misc.field(15, 13, "usb_host_resets", PULSE);
        uartInterruptSelect[1] = misc.bit(16, "uart1_intsel", READ_WRITE);
        uartFifoSelect[1] = misc.bit(17, "uart1_fifosel", READ_WRITE);
        misc.bit(18, "uart1_clksel", UNMODELLED);
        uartInterruptSelect[0] = misc.bit(19, "uart0_intsel", READ_WRITE);
        uartFifoSelect[0] = misc.bit(20, "uart0_fifosel", READ_WRITE);
        misc.bit(21, "uart0_clksel", UNMODELLED);
        misc.bit(22, "can1_slow_um", UNMODELLED);
        if (isC) {
            misc.bit(23, "usb_high_speed", READ_ONLY);
        } else {
            misc.bit(23, "can0_slow_um", UNMODELLED);
        }
        misc.bit(24, "can1_slow", UNMODELLED);
        misc.bit(25, "can0_slow", UNMODELLED);
        misc.field(28, 26, "pwm_trig_sel", UNMODELLED);
        swapI2c = misc.bit(29, "i2c_swop", READ_WRITE);
        misc.bit(30, "pwm_softreset", PULSE);
        resetPeripherals = misc.bit(31, "peri_softreset", PULSE);
    }
}
