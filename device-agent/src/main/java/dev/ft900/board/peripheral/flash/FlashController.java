package dev.ft900.board.peripheral.flash;

import dev.ft900.agent.flash.Flash;
import dev.ft900.board.bus.AccessWidth;
import dev.ft900.board.bus.Finding.Kind;
import dev.ft900.board.bus.Findings;
import dev.ft900.board.bus.IoDevice;
import dev.ft900.board.clock.Alarm;
import dev.ft900.board.clock.SimClock;
import dev.ft900.board.control.MachineControl;
import dev.ft900.board.control.ResetCause;
import dev.ft900.board.memory.ProgramMemory;
import dev.ft900.board.memory.Ram;
import dev.ft900.board.peripheral.Peripheral;
import dev.ft900.board.register.RegisterBank;
import dev.ft900.board.state.SnapshotException;
import dev.ft900.board.state.StateReader;
import dev.ft900.board.state.StateWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The flash controller; sheet 4.9. Erases and writes take the typical times of the flash type, one page after the other; when power goes,
 * the one under way is torn and those behind it are lost. Copies out of flash take the time of the SPI clock. A command that ends in a
 * reset does its work at once. Not modelled: the commands of the debugger, and those that read the flash's id or status.
 */
public final class FlashController implements Peripheral {
    private final FlashRegisters registers;
    private final SimClock clock;
    private final FlashCopier copier;
    private final Flash flash;
    private final MachineControl machine;
    private final Alarm done;
    private final Deque<FlashWork> work = new ArrayDeque<>();
    private boolean writeEnabled;

    /** Makes the controller. */
    public FlashController(
            int base,
            SimClock clock,
            Flash flash,
            Ram ram,
            ProgramMemory program,
            MachineControl machine,
            Findings findings) {
        this.registers = new FlashRegisters(base, findings);
        this.clock = clock;
        this.flash = flash;
        this.copier = new FlashCopier(flash, ram, program);
        this.machine = machine;
        this.done = clock.alarm("flash", this::stepDone);
        registers.semaphore.onRead(registers.taken::set);
        registers.command.onWrite(this::command);
    }

    private void command() {
        int code = registers.command.value();
        if (registers.busy.isSet()) {
            registers.bank.report(Kind.GUEST_ERROR, 9, "writes COMMAND while busy; both commands are aborted");
            abort();
            return;
        }
        switch (code) {
            case 0x06 -> writeEnabled = true;
            case 0x04 -> writeEnabled = false;
            case 0x20 -> erase(FlashWork.Kind.SECTOR);
            case 0x52, 0xD8 -> erase(FlashWork.Kind.BLOCK);
            case 0x60, 0xC7 -> erase(FlashWork.Kind.CHIP);
            case 0xF0, 0xF1, 0xF2, 0xF4, 0xF5, 0xF6, 0xF8, 0xF9, 0xFA, 0xFC, 0xFD, 0xFE -> copy(code);
            case 0xFF -> machine.sleep();
            case 0xB9, 0xAB -> {
                // Deep power-down saves power only.
            }
            default ->
                registers.bank.report(Kind.NOT_MODELLED, 9, "gives the flash command 0x" + Integer.toHexString(code));
        }
    }

    private boolean mayWrite() {
        boolean may = writeEnabled;
        writeEnabled = false;
        if (!may) {
            registers.bank.report(Kind.GUEST_ERROR, 9, "erases or writes flash without the command 06 before it");
        }
        return may;
    }

    private void erase(FlashWork.Kind kind) {
        if (mayWrite()) {
            int address = FlashRegisters.value(registers.flashAddress) & (Flash.SIZE - 1) & -kind.bytes();
            work.add(new FlashWork(kind, address, new byte[0]));
            begin();
        }
    }

    private void copy(int code) {
        var request = new FlashCopier.Request(
                FlashRegisters.value(registers.memoryAddress) << 2,
                FlashRegisters.value(registers.flashAddress),
                FlashRegisters.value(registers.length) + 1);
        int direction = code & 0xFC;
        boolean intoFlash = direction == 0xF0 || direction == 0xF8;
        if (intoFlash) {
            if (!mayWrite()) {
                return;
            }
            work.addAll(direction == 0xF0 ? copier.pagesOfProgram(request) : copier.pagesOfRam(request));
        } else if (direction == 0xF4) {
            copier.toProgram(request);
        } else {
            copier.toRam(request);
        }
        boolean resets = (code & 0x03) != 0;
        if (resets) {
            finishAll();
            machine.reset((code & 0x03) == 1 ? ResetCause.CPU_ONLY : ResetCause.REBOOT_COMMAND);
        } else if (intoFlash) {
            begin();
        } else {
            registers.busy.set();
            done.in(request.length() * 8L * (registers.clockDivider.value() + 2));
        }
    }

    private void begin() {
        registers.busy.set();
        registers.writing.set();
        done.in(work.getFirst().kind().cycles());
    }

    private void stepDone() {
        if (!work.isEmpty()) {
            work.removeFirst().finish(flash);
        }
        if (work.isEmpty()) {
            idle();
        } else {
            begin();
        }
    }

    private void finishAll() {
        work.forEach(each -> each.finish(flash));
        abort();
    }

    private void abort() {
        work.clear();
        done.cancel();
        idle();
    }

    private void idle() {
        registers.busy.clear();
        registers.writing.clear();
    }

    /** Whether an erase or a write is under way, which a loss of power would tear. */
    public boolean isWriting() {
        return !work.isEmpty();
    }

    /** The power goes: an erase or a write that is under way is torn, and those behind it are lost. */
    public void losePower() {
        if (work.isEmpty()) {
            return;
        }
        var first = work.getFirst();
        double part =
                1 - (double) (done.cycle() - clock.cycles()) / first.kind().cycles();
        first.tear(flash, Math.max(0, Math.min(1, part)), new SplittableRandom(clock.cycles()));
        abort();
    }

    /** Who does not hold the semaphore reads 0 and writes nothing, but for the semaphore itself. */
    @Override
    public IoDevice device() {
        return new IoDevice() {
            @Override
            public int load(int offset, AccessWidth width) {
                return mayTouch(offset) ? registers.bank.load(offset, width) : 0;
            }

            @Override
            public boolean isSteady(int offset, AccessWidth width) {
                return registers.taken.isSet() && registers.bank.isSteady(offset, width);
            }

            @Override
            public void store(int offset, AccessWidth width, int value) {
                if (mayTouch(offset)) {
                    registers.bank.store(offset, width, value);
                }
            }
        };
    }

    private boolean mayTouch(int offset) {
        boolean may = registers.taken.isSet() || offset == registers.semaphore.offset();
        if (!may) {
            registers.bank.report(Kind.GUEST_ERROR, offset, "is touched without holding SEMAPHORE");
        }
        return may;
    }

    @Override
    public List<RegisterBank> tables() {
        return List.of(registers.bank);
    }

    /** A flash that is busy does not notice a reset of the chip, but very well that its power goes. */
    @Override
    public void reset(ResetCause cause) {
        if (cause == ResetCause.POWER_ON) {
            losePower();
        }
        finishAll();
        writeEnabled = false;
        registers.bank.reset();
        int crc = BootCrc.of(flash.read(0, Flash.SIZE));
        registers.crcLow.value(crc & 0xFF);
        registers.crcHigh.value(crc >> 8);
    }

    @Override
    public void save(StateWriter out) {
        registers.bank.save(out);
        out.putBoolean(writeEnabled);
        out.putInt(work.size());
        for (var each : work) {
            out.putInt(each.kind().ordinal());
            out.putInt(each.address());
            out.putBytes(each.data());
        }
    }

    @Override
    public void restore(StateReader in) {
        registers.bank.restore(in);
        writeEnabled = in.getBoolean();
        work.clear();
        int count = in.getInt(0, Flash.SIZE / Flash.PAGE);
        for (int i = 0; i < count; i++) {
            var kind = FlashWork.Kind.values()[in.getInt(0, FlashWork.Kind.values().length - 1)];
            int address = in.getInt(0, Flash.SIZE - 1);
            var data = in.getBytes();
            if (address % kind.bytes() != 0 || data.length != (kind == FlashWork.Kind.PAGE ? Flash.PAGE : 0)) {
                throw new SnapshotException("expected an aligned erase or page write in the snapshot; got " + kind
                        + " at 0x" + Integer.toHexString(address) + " with " + data.length + " bytes");
            }
            work.add(new FlashWork(kind, address, data));
        }
    }
}
