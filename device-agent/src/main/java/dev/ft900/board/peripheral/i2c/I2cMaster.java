package dev.ft900.board.peripheral.i2c;

import static dev.ft900.board.register.Access.READ_ONLY;
import static dev.ft900.board.register.Access.READ_WRITE;
import static dev.ft900.board.register.Access.UNMODELLED;
import static dev.ft900.board.register.Access.WRITE_ONLY;

import dev.ft900.board.bus.Findings;
import dev.ft900.board.clock.Alarm;
import dev.ft900.board.clock.SimClock;
import dev.ft900.board.control.ResetCause;
import dev.ft900.board.peripheral.Peripheral;
import dev.ft900.board.register.Field;
import dev.ft900.board.register.Reach;
import dev.ft900.board.register.Register;
import dev.ft900.board.register.RegisterBank;
import dev.ft900.board.state.StateReader;
import dev.ft900.board.state.StateWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The I2C master; sheet 4.7. Works byte by byte at 100 kHz whatever the period register says. Not modelled: FIFO and interrupts, high-speed
 * mode, arbitration.
 */
public final class I2cMaster implements Peripheral {
    private static final long BYTE_CYCLES = 9 * SimClock.HERTZ / 100_000;

    private final RegisterBank bank;
    private final Field address;
    private final Field reading;
    private final Field run;
    private final Field start;
    private final Field stop;
    private final Field reset;
    private final Field busy;
    private final Field error;
    private final Field addressRefused;
    private final Field dataRefused;
    private final Field idle;
    private final Field busTaken;
    private final Register status;
    private final Register data;
    private final Supplier<List<I2cDevice>> bus;
    private final Alarm done;
    private boolean addressed;

    /**
     * Makes the master.
     *
     * @param bus who is on the bus that the master is switched to
     */
    public I2cMaster(int base, SimClock clock, Supplier<List<I2cDevice>> bus, Findings findings) {
        this.bus = bus;
        this.done = clock.alarm("I2CM byte", this::transferDone);
        bank = new RegisterBank("I2CM", base, 0x10, Reach.BYTES, findings);
        var slave = bank.register(0x0, "I2CM_ADDR", 8, 0x00);
        reading = slave.bit(0, "read", READ_WRITE);
        address = slave.field(7, 1, "address", READ_WRITE);
        var control = bank.register(0x1, "I2CM_CONTROL", 8, 0x00).onWrite(this::controlled);
        run = control.bit(0, "run", WRITE_ONLY);
        start = control.bit(1, "start", WRITE_ONLY);
        stop = control.bit(2, "stop", WRITE_ONLY);
        control.bit(3, "ack", WRITE_ONLY);
        control.field(5, 4, "hs_addr", WRITE_ONLY);
        control.bit(6, "slave_reset", WRITE_ONLY);
        reset = control.bit(7, "reset", WRITE_ONLY);
        status = bank.register(0x1, "I2CM_STATUS", 8, 0x20);
        busy = status.bit(0, "busy", READ_ONLY);
        error = status.bit(1, "error", READ_ONLY);
        addressRefused = status.bit(2, "address_refused", READ_ONLY);
        dataRefused = status.bit(3, "data_refused", READ_ONLY);
        status.bit(4, "arbitration_lost", READ_ONLY);
        idle = status.bit(5, "idle", READ_ONLY);
        busTaken = status.bit(6, "bus_busy", READ_ONLY);
        data = bank.register(0x2, "I2CM_DATA", 8, 0x00, READ_WRITE);
        bank.register(0x3, "I2CM_PERIOD", 8, 0x00, READ_WRITE);
        bank.register(0x4, "I2CM_FIFO_LENGTH", 8, 0x00, UNMODELLED);
        bank.register(0x5, "I2CM_INT_ENABLE", 8, 0x00, UNMODELLED);
        bank.register(0x6, "I2CM_INT_PEND", 8, 0x00, UNMODELLED);
        bank.register(0x7, "I2CM_FIFO", 8, 0x00, UNMODELLED);
        bank.register(0x8, "I2CM_TRIGGER", 8, 0x00, UNMODELLED);
    }

    private void controlled() {
        if (reset.isSet()) {
            resetController();
            return;
        }
        if (run.isSet() && !busy.isSet()) {
            error.clear();
            addressRefused.clear();
            dataRefused.clear();
            busy.set();
            idle.clear();
            done.in(start.isSet() ? 2 * BYTE_CYCLES : BYTE_CYCLES);
            busTaken.set();
        } else if (stop.isSet() && !busy.isSet()) {
            end();
        }
    }

    private void transferDone() {
        busy.clear();
        idle.set();
        if (start.isSet()) {
            addressed = addressee().isPresent();
            addressee().ifPresent(device -> device.start(reading.isSet()));
        }
        if (!addressed) {
            error.set();
            addressRefused.set();
        } else {
            moveByte();
        }
        if (stop.isSet()) {
            end();
        }
    }

    private void moveByte() {
        var device = addressee();
        if (reading.isSet()) {
            data.value(device.map(I2cDevice::read).orElse(0xFF));
        } else if (!device.map(each -> each.write(data.value())).orElse(false)) {
            error.set();
            dataRefused.set();
        }
    }

    private void end() {
        if (addressed) {
            addressee().ifPresent(I2cDevice::stop);
        }
        addressed = false;
        busTaken.clear();
    }

    private Optional<I2cDevice> addressee() {
        return bus.get().stream()
                .filter(device -> device.address() == address.value())
                .findFirst();
    }

    private void resetController() {
        done.cancel();
        end();
        status.value(status.resetValue());
    }

    @Override
    public List<RegisterBank> tables() {
        return List.of(bank);
    }

    @Override
    public void reset(ResetCause cause) {
        resetController();
        bank.reset();
    }

    @Override
    public void save(StateWriter out) {
        bank.save(out);
        out.putBoolean(addressed);
    }

    @Override
    public void restore(StateReader in) {
        bank.restore(in);
        addressed = in.getBoolean();
    }
}
