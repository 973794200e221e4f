package dev.ft900.board.peripheral.sys;

import dev.ft900.board.bus.Findings;
import dev.ft900.board.clock.Alarm;
import dev.ft900.board.clock.SimClock;
import dev.ft900.board.control.MachineControl;
import dev.ft900.board.control.ResetCause;
import dev.ft900.board.irq.InterruptLine;
import dev.ft900.board.peripheral.Peripheral;
import dev.ft900.board.peripheral.Revision;
import dev.ft900.board.register.RegisterBank;
import java.util.List;

/**
 * Chip id, clocks, power and switches; sheet 4.1. Power-down stops the CPU until a pad with an interrupt or an alarm of the RTC wakes it;
 * peripherals go on. No USB event ever comes. The CPU divider of revision C only reads back.
 */
public final class SystemControl implements Peripheral {
    private static final long SLOW_TIMER_CYCLES = SimClock.HERTZ / 200;

    private final SystemRegisters registers;
    private final InterruptLine powerInterrupt;
    private final InterruptLine slowTimerInterrupt;
    private final MachineControl machine;
    private final Alarm slowTimer;

    /**
     * Makes the block.
     *
     * @param powerInterrupt input 0 of the interrupt controller
     * @param slowTimerInterrupt input 22
     */
    public SystemControl(
            int base,
            Revision revision,
            SimClock clock,
            InterruptLine powerInterrupt,
            InterruptLine slowTimerInterrupt,
            MachineControl machine,
            SystemSwitches switches,
            Findings findings) {
        this.registers = new SystemRegisters(base, revision, findings);
        this.powerInterrupt = powerInterrupt;
        this.slowTimerInterrupt = slowTimerInterrupt;
        this.machine = machine;
        this.slowTimer = clock.alarm("SYS slow timer", this::slowTimerExpired);
        registers.power.onWrite(this::powerWritten);
        registers.powerEvents.onWrite(this::showInterrupts);
        registers.testAndSet.onRead(registers.granted::set);
        registers.testAndSetView.reads(registers.testAndSet::value);
        registers.misc.onWrite(() -> {
            if (registers.resetPeripherals.isSet()) {
                switches.resetPeripherals();
            }
            if (registers.resetPhy.isSet()) {
                switches.resetPhy();
            }
            switches.levelsChanged();
        });
    }

    /** Whether the clock of a block is on: a bit of CLKCFG. */
    public boolean isClocked(int bit) {
        return (registers.clocks.value() >>> bit & 1) != 0;
    }

    /** FIFOSEL of UART 0 or 1: FIFOs of 128 bytes in 550 mode. */
    public boolean isUartFifoSelected(int uart) {
        return registers.uartFifoSelect[uart].isSet();
    }

    /** INTSEL of UART 0 or 1: its interrupt reaches the controller. */
    public boolean isUartInterruptSelected(int uart) {
        return registers.uartInterruptSelect[uart].isSet();
    }

    /** I2C_SWOP: the master is on pads 46/47 instead of 44/45. */
    public boolean isI2cSwapped() {
        return registers.swapI2c.isSet();
    }

    /** A pad that may interrupt saw its edge. */
    public void padActivity() {
        if (registers.powerDown.isSet()) {
            registers.gpioActivity.set();
            wake();
        }
    }

    /** The RTC's alarm went off. */
    public void rtcAlarm() {
        if (registers.rtcAlarm != null && registers.rtcAlarmEnable.isSet()) {
            registers.rtcAlarm.set();
        }
        if (registers.powerDown.isSet()) {
            wake();
        }
    }

    private void wake() {
        showInterrupts();
        machine.wake();
    }

    private void powerWritten(int before) {
        if (registers.slowTimer.isSet() && !slowTimer.isSet()) {
            slowTimer.in(SLOW_TIMER_CYCLES);
        }
        if (registers.powerDown.isSet() && (before & registers.powerDown.mask()) == 0) {
            machine.sleep();
        }
        showInterrupts();
    }

    private void slowTimerExpired() {
        registers.slowTimer.clear();
        registers.slowTimerExpired.set();
        showInterrupts();
    }

    private void showInterrupts() {
        powerInterrupt.set((registers.powerEvents.value() & ~registers.slowTimerExpired.mask()) != 0);
        slowTimerInterrupt.set(registers.slowTimerExpired.isSet() && registers.slowTimerInterrupt.isSet());
    }

    @Override
    public List<RegisterBank> tables() {
        return List.of(registers.bank);
    }

    @Override
    public void reset(ResetCause cause) {
        registers.bank.reset();
        slowTimer.cancel();
        showInterrupts();
    }
}
