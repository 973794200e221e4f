package dev.ft900.board.machine;

import dev.ft900.agent.flash.Flash;
import dev.ft900.board.bus.Findings;
import dev.ft900.board.bus.IoBus;
import dev.ft900.board.clock.AlarmQueue;
import dev.ft900.board.clock.SimClock;
import dev.ft900.board.control.MachineControl;
import dev.ft900.board.control.ResetCause;
import dev.ft900.board.cpu.Core;
import dev.ft900.board.cpu.CoreState;
import dev.ft900.board.cpu.DataBus;
import dev.ft900.board.cpu.Fault;
import dev.ft900.board.cpu.Stop;
import dev.ft900.board.image.Image;
import dev.ft900.board.memory.ProgramMemory;
import dev.ft900.board.memory.Ram;
import dev.ft900.board.state.SnapshotException;
import dev.ft900.board.state.StateReader;
import dev.ft900.board.state.StateWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A machine: three stores, a core, the devices of its model, and the loop that runs them. One thread at a time runs it and touches its parts;
 * other threads hand over what they want done with {@link #post}, and end a run with {@link #stop}.
 *
 * @param <D> its devices
 */
public final class Machine<D extends Devices> {
    /** The longest time without a look at what other threads want: a millisecond. */
    private static final long SLICE = SimClock.HERTZ / 1000;

    /**
     * How long the CPU stands after a reset while it runs: the boot logic copies 256 KB from a serial flash, a bit in two cycles. Not
     * documented; but a program that resets at once, again and again, has to take time.
     */
    private static final long BOOT_CYCLES = Flash.SIZE * 8L * 2;

    private static final int MAILBOX = 4096;
    private static final int FAULTS_KEPT = 100;

    private final MachineModel<D> model;
    private final MachineSettings settings;
    private final Flash flash;
    private final Findings findings;
    private final Ram ram = new Ram();
    private final ProgramMemory program = new ProgramMemory();
    private final Core core;
    private final AlarmQueue alarms;
    private final D devices;
    private final IdleLoop idle;
    private final BlockingQueue<Runnable> mailbox = new ArrayBlockingQueue<>(MAILBOX);
    private final List<Fault> faults = new ArrayList<>();
    private ResetCause pendingReset;
    private ResetCause lastReset = ResetCause.POWER_ON;
    private Integer exitCode;
    private boolean sleeping;
    private long bootedAt;
    private volatile boolean stopping;

    /** A machine without power; {@link #powerOn()} or {@link #start} comes next. */
    public Machine(MachineModel<D> model, Flash flash, MachineSettings settings) {
        this.model = model;
        this.settings = settings;
        this.flash = flash;
        findings = new Findings(settings.strict());
        var io = new IoBus(findings);
        core = new Core(program, new DataBus(ram, io), model.boot() == MachineModel.Boot.DIRECT);
        core.use(settings.engine());
        alarms = new AlarmQueue(core.state()::cycles, core::endBy);
        devices = model.build(new Parts(alarms, io, ram, program, flash, findings, new Control(), core::attend));
        core.connect(devices.interrupts());
        idle = new IdleLoop(core, io, devices.interrupts());
    }

    /** Puts an image where the model wants it: into flash, erasing the rest, or into the memories, without a reset. */
    public void load(Image image) {
        if (model.boot() == MachineModel.Boot.FROM_FLASH) {
            FlashImage.write(image, flash);
        } else {
            MemoryImage.write(image, program, ram);
        }
    }

    /** Cuts the power if there is any, and puts it on: RAM is zero, everything at its reset value, the CPU at its first instruction. */
    public void powerOn() {
        ram.clear();
        Arrays.fill(core.state().r, 0);
        core.state().compare = CoreState.FLAGS_KNOWN;
        reset(ResetCause.POWER_ON);
    }

    /** Loads an image and starts it, for machines that start images directly. */
    public void start(Image image) {
        powerOn();
        load(image);
        core.state().pc = image.entry() & CoreState.PC_MASK;
        // As GNU's simulator does.
        core.state().r[CoreState.SP] = image.entry();
    }

    /** Resets at once. Only between two runs, or from what was posted. */
    public void reset(ResetCause cause) {
        lastReset = cause;
        sleeping = false;
        bootedAt = 0;
        exitCode = null;
        if (cause.isSystemReset()) {
            // Devices first: a flash that is busy ends its work, or is torn, before it is copied.
            devices.reset(cause);
            if (model.boot() == MachineModel.Boot.FROM_FLASH) {
                program.load(0, flash.read(0, Flash.SIZE));
            }
        }
        core.reset();
    }

    /**
     * Runs until the program ends or faults, a cycle is reached, or somebody stops it.
     *
     * @param untilCycle since power-on
     */
    public Outcome run(long untilCycle, Pace pace) {
        while (true) {
            deliver();
            if (stopping) {
                stopping = false;
                return new Outcome.Stopped();
            }
            alarms.fireDue();
            if (pendingReset == null && exitCode == null) {
                if (cycles() >= untilCycle) {
                    return new Outcome.CycleReached();
                }
                long sliceEnd = Math.min(Math.min(untilCycle, alarms.next()), cycles() + SLICE);
                var outcome = runSlice(sliceEnd);
                if (outcome != null) {
                    return outcome;
                }
                pace.at(cycles());
            }
            if (exitCode != null) {
                int code = exitCode;
                exitCode = null;
                return new Outcome.Exited(code);
            }
            if (pendingReset != null) {
                var cause = pendingReset;
                pendingReset = null;
                reset(cause);
                bootedAt = cause.isSystemReset() ? cycles() + BOOT_CYCLES : 0;
            }
        }
    }

    /** @return null to go on */
    private Outcome runSlice(long sliceEnd) {
        if (cycles() < bootedAt) {
            core.skipTo(Math.min(sliceEnd, bootedAt));
        } else if (sleeping) {
            core.skipTo(sliceEnd);
        } else if (idle.run(sliceEnd) instanceof Stop.Faulted faulted) {
            if (faults.size() < FAULTS_KEPT) {
                faults.add(faulted.fault());
            }
            if (settings.onFault() == MachineSettings.FaultPolicy.STOP) {
                return new Outcome.Faulted(faulted.fault());
            }
            pendingReset = ResetCause.FAULT_POLICY;
        }
        return null;
    }

    private void deliver() {
        for (var wish = mailbox.poll(); wish != null; wish = mailbox.poll()) {
            wish.run();
        }
    }

    /**
     * Has something done on the machine's thread, within a millisecond of virtual time while it runs. Any thread.
     *
     * @return false if too much is waiting already
     */
    public boolean post(Runnable wish) {
        return mailbox.offer(wish);
    }

    /** Waits for something to be posted, for a pace that would sleep. On the machine's thread. */
    public void awaitPosts(long nanos) {
        try {
            var wish = mailbox.poll(nanos, TimeUnit.NANOSECONDS);
            if (wish != null) {
                wish.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
    }

    /** Ends the run under way, or the next one, within a millisecond of virtual time. Any thread. */
    public void stop() {
        stopping = true;
    }

    /** Cycles since the machine was made. */
    public long cycles() {
        return core.state().cycles();
    }

    /** How many of these cycles were left out because the program only waited. */
    public long skippedCycles() {
        return idle.skipped();
    }

    public Core core() {
        return core;
    }

    public D devices() {
        return devices;
    }

    public Ram ram() {
        return ram;
    }

    public ProgramMemory program() {
        return program;
    }

    public Flash flash() {
        return flash;
    }

    public SimClock clock() {
        return alarms;
    }

    public Findings findings() {
        return findings;
    }

    /** The faults so far, at most {@value #FAULTS_KEPT}. */
    public List<Fault> faults() {
        return Collections.unmodifiableList(faults);
    }

    public ResetCause lastReset() {
        return lastReset;
    }

    public MachineModel<D> model() {
        return model;
    }

    /** The state of everything, flash included. Only between two runs. */
    public byte[] snapshot() {
        var out = new StateWriter();
        out.putText(model.name());
        out.putPart("core", core.state());
        out.putBoolean(core.holdsOffInterrupts());
        out.putBoolean(sleeping);
        out.putLong(bootedAt);
        out.putInt(lastReset.ordinal());
        out.putPart("ram", ram);
        out.putPart("program", program);
        out.putBytes(flash.read(0, Flash.SIZE));
        out.putPart("devices", devices);
        out.putPart("alarms", alarms);
        return out.toBytes();
    }

    /**
     * Goes back to a state. Only between two runs.
     *
     * @throws SnapshotException it is none of this machine; the machine then needs {@link #powerOn()}
     */
    public void restore(byte[] snapshot) {
        var in = new StateReader(snapshot);
        var name = in.getText();
        if (!name.equals(model.name())) {
            throw new SnapshotException("expected a snapshot of " + model.name() + "; got one of " + name);
        }
        in.getPart("core", core.state());
        core.holdOffInterrupts(in.getBoolean());
        sleeping = in.getBoolean();
        bootedAt = in.getLong();
        lastReset = ResetCause.values()[in.getInt(0, ResetCause.values().length - 1)];
        in.getPart("ram", ram);
        in.getPart("program", program);
        var bytes = new byte[Flash.SIZE];
        in.getBytes(bytes);
        FlashImage.replace(flash, bytes);
        in.getPart("devices", devices);
        in.getPart("alarms", alarms);
        in.requireEnd("the machine");
        pendingReset = null;
        exitCode = null;
    }

    private final class Control implements MachineControl {
        @Override
        public void reset(ResetCause cause) {
            pendingReset = cause;
            core.requestStop();
        }

        @Override
        public void exit(int code) {
            exitCode = code;
            core.requestStop();
        }

        @Override
        public void sleep() {
            sleeping = true;
            core.requestStop();
        }

        @Override
        public void wake() {
            sleeping = false;
        }
    }
}
