package dev.ft900.board.cpu;

import dev.ft900.board.bus.AccessWidth;
import dev.ft900.board.bus.BusFault;
import dev.ft900.board.irq.Interrupts;
import dev.ft900.board.memory.ProgramMemory;
import dev.ft900.board.memory.Ram;
import java.util.function.Function;

/**
 * One FT32 core. It runs until a cycle is reached, somebody requests a stop, or the program faults; between two instructions it takes
 * interrupts (hardware sheet 3.4): after {@code reti}, one instruction of the interrupted program comes first.
 */
public final class Core {
    /** {@code call 8}. */
    private static final int BREAK_WORD = 0x00340002;

    private static final int ERASED = -1;

    private final CoreState state = new CoreState();
    private final Trail trail = new Trail();
    private final ProgramMemory program;
    private final DataBus bus;
    private final Interpreter interpreter;
    private final boolean breakStops;
    private Engine engine;
    private Interrupts interrupts = Interrupts.NONE;
    private Fault fault;
    private boolean stopRequested;
    private boolean holdOff;

    /** @param breakStops whether {@code call 8} is for the debugger; on silicon it is a call like any other */
    public Core(ProgramMemory program, DataBus bus, boolean breakStops) {
        this.program = program;
        this.bus = bus;
        this.breakStops = breakStops;
        interpreter = new Interpreter(this);
        engine = interpreter;
        program.onChange((address, length) -> interpreter.forget(address, length));
    }

    /** Where interrupts come from; none before. */
    public void connect(Interrupts source) {
        interrupts = source;
    }

    /** Uses another engine than the interpreter from now on. */
    public void use(Function<Core, Engine> choice) {
        engine = choice.apply(this);
    }

    public CoreState state() {
        return state;
    }

    public ProgramMemory program() {
        return program;
    }

    public DataBus bus() {
        return bus;
    }

    public Ram ram() {
        return bus.ram();
    }

    public Interpreter interpreter() {
        return interpreter;
    }

    /** As after a reset: at address 0, not in an interrupt; registers stay as they are. */
    public void reset() {
        state.pc = 0;
        state.attention = true;
        fault = null;
        stopRequested = false;
        holdOff = false;
        trail.clear();
    }

    /** Runs until a cycle, at most 2^31 − 1 from now. */
    public Stop run(long untilCycle) {
        state.runUntil(untilCycle);
        state.attention = true;
        while (true) {
            if (fault != null) {
                var cause = fault;
                fault = null;
                return new Stop.Faulted(cause);
            }
            if (stopRequested) {
                stopRequested = false;
                return new Stop.Requested();
            }
            if (state.budget <= 0) {
                return new Stop.Reached();
            }
            boolean alone = holdOff;
            if (state.attention && !alone) {
                state.attention = false;
                takeInterrupts();
            }
            if (alone) {
                holdOff = false;
                interpreter.step();
                state.attention = true;
            } else {
                engine.run();
            }
        }
    }

    /** Executes one instruction, after taking interrupts that are pending. */
    public Stop step() {
        return run(state.cycles() + 1);
    }

    private void takeInterrupts() {
        while (interrupts.pending()) {
            push(state.pc);
            int vector = interrupts.enter();
            jumped(state.pc, vector);
            state.pc = vector & CoreState.PC_MASK;
        }
    }

    /** The core asks for interrupts before the next instruction. */
    public void attend() {
        state.attention = true;
    }

    /** {@link #run} comes back after the instruction under way. */
    public void requestStop() {
        stopRequested = true;
        state.attention = true;
    }

    /** {@link #run} comes back by {@code cycle}, if that is earlier than it would anyway. */
    public void endBy(long cycle) {
        state.endBy(cycle);
    }

    /** Lets time pass while the CPU sleeps. Only between two calls of {@link #run}. */
    public void skipTo(long cycle) {
        state.skipTo(cycle);
    }

    /** Whether {@code reti} was the last instruction. Part of what a snapshot keeps. */
    public boolean holdsOffInterrupts() {
        return holdOff;
    }

    public void holdOffInterrupts(boolean value) {
        holdOff = value;
    }

    // What engines need to execute instructions.

    /** Notes a jump for the report of a fault. */
    public void jumped(int from, int to) {
        trail.jump(from, to);
    }

    /** Ends an interrupt: what {@code reti} does beside popping the program counter. */
    public void returnFromInterrupt() {
        interrupts.leave();
        holdOff = true;
        state.attention = true;
    }

    /** Loads for the instruction at {@code pc}; a strict machine's finding becomes a fault. */
    public int load(int pc, int address, AccessWidth width) {
        try {
            return bus.load(address, width);
        } catch (BusFault e) {
            raise(Fault.Kind.STRICT, pc, e.getMessage());
            return 0;
        }
    }

    /** Stores for the instruction at {@code pc}; a strict machine's finding becomes a fault. */
    public void store(int pc, int address, AccessWidth width, int value) {
        try {
            bus.store(address, width, value);
        } catch (BusFault e) {
            raise(Fault.Kind.STRICT, pc, e.getMessage());
        }
    }

    /** An FFU operation for the instruction at {@code pc}. @return the new value of R_D */
    public int ffu(int pc, int al, AccessWidth width, int d, int a, int n) {
        if (!Ffu.usesMemory(al)) {
            return Ffu.result(al, a, n);
        }
        try {
            return Ffu.run(bus, al, width, d, a, n);
        } catch (Ffu.EndlessOperation e) {
            raise(Fault.Kind.ENDLESS, pc, e.getMessage());
        } catch (BusFault e) {
            raise(Fault.Kind.STRICT, pc, e.getMessage());
        }
        return d;
    }

    void push(int value) {
        int sp = state.r[CoreState.SP] - 4 & CoreState.SP_MASK;
        state.r[CoreState.SP] = sp;
        bus.store(sp, AccessWidth.WORD, value);
    }

    int pop() {
        int sp = state.r[CoreState.SP] & CoreState.SP_MASK;
        state.r[CoreState.SP] = sp + 4 & CoreState.SP_MASK;
        return bus.load(sp, AccessWidth.WORD);
    }

    /** A jump to a computed address. Beyond program memory it is a fault, at the target. */
    public void jumpTo(int from, int target) {
        jumped(from, target);
        state.pc = target & CoreState.PC_MASK;
        if (target >>> 18 != 0) {
            raise(Fault.Kind.RUNAWAY, from, String.format("jumps to 0x%08X, beyond program memory", target));
        }
    }

    void raise(Fault.Kind kind, int pc, String detail) {
        if (fault == null) {
            fault = new Fault(kind, pc, program.word(pc), detail, trail.list());
        }
        state.attention = true;
    }

    /** Whether the word at an address can be executed; otherwise the fault is raised. */
    boolean accept(int pc, Instruction instruction) {
        int word = instruction.word();
        if (word == ERASED) {
            raise(Fault.Kind.RUNAWAY, pc, "erased memory, no program");
        } else if (word == 0) {
            raise(Fault.Kind.RUNAWAY, pc, "zeros, no program");
        } else if (word == BREAK_WORD && breakStops) {
            raise(Fault.Kind.BREAK, pc, "call 8, the program's breakpoint");
        } else if (instruction.kind() == InstructionClass.COMPRESSED) {
            raise(Fault.Kind.COMPRESSED, pc, "compressed code of an FT93x (-mft32b); an FT900 has none");
        } else if (!instruction.legal()) {
            raise(
                    Fault.Kind.ILLEGAL,
                    pc,
                    instruction.kind() == InstructionClass.HALT ? "halt" : "no instruction of FT32A");
        } else {
            return true;
        }
        return false;
    }
}
