package dev.ft900.board.cpu;

import dev.ft900.board.bus.AccessWidth;
import dev.ft900.board.memory.ProgramMemory;

/** Executes one decoded instruction after the other. The reference for other engines. */
public final class Interpreter implements Engine {
    /** Sees each instruction before it is executed. */
    public interface Observer {
        /** @return whether to go on; false leaves the instruction undone and stops the core */
        boolean before(int pc, Instruction instruction);
    }

    private final Core core;
    private final CoreState state;
    private final Instruction[] decoded = new Instruction[ProgramMemory.WORDS];
    private Observer observer;

    Interpreter(Core core) {
        this.core = core;
        state = core.state();
    }

    /** @param observer or null for none; it only sees what the interpreter executes */
    public void observe(Observer observer) {
        this.observer = observer;
    }

    /** Who sees each instruction, or null. */
    public Observer observer() {
        return observer;
    }

    @Override
    public void run() {
        while (state.budget > 0 && !state.attention) {
            step();
        }
    }

    /** Executes one instruction. Needs a budget of at least 1. */
    public void step() {
        int pc = state.pc;
        var instruction = at(pc);
        if (observer != null && !observer.before(pc, instruction)) {
            core.requestStop();
            return;
        }
        if (legal(pc, instruction)) {
            state.pc = pc + 4 & CoreState.PC_MASK;
            execute(pc, instruction);
            state.budget--;
        }
    }

    /** Executes until a jump was taken, or as {@link #run}. */
    public void runBlock() {
        boolean straight = true;
        while (straight && state.budget > 0 && !state.attention) {
            int pc = state.pc;
            step();
            straight = state.pc == pc + 4;
        }
    }

    /** The decoded word at a byte address. */
    public Instruction at(int pc) {
        int index = pc >> 2;
        var instruction = decoded[index];
        if (instruction == null) {
            instruction = Instruction.decode(core.program().words()[index]);
            decoded[index] = instruction;
        }
        return instruction;
    }

    void forget(int address, int length) {
        for (int i = address >> 2; i < address + length >> 2; i++) {
            decoded[i] = null;
        }
    }

    private boolean legal(int pc, Instruction i) {
        // The two words with a meaning of their own are both of the class JUMP.
        return i.kind() != InstructionClass.JUMP && i.legal() || core.accept(pc, i);
    }

    private void execute(int pc, Instruction i) {
        int[] r = state.r;
        switch (i.kind()) {
            case JUMP, JUMP_INDIRECT -> jump(pc, i);
            case ALU -> r[i.d()] = Alu.result(i.al(), register(i.a()), rimm(i));
            case CMP -> compare(i);
            case LDK -> set(i.d(), i.k());
            case LPM -> set(i.d(), programItem(i.k(), i.width()));
            case LPMI -> set(i.d(), programItem(register(i.a()) + i.k(), i.width()));
            case LDI -> set(i.d(), core.load(pc, register(i.a()) + i.k(), i.width()));
            case STI -> core.store(pc, register(i.d()) + i.k(), i.width(), register(i.a()));
            case LDA -> set(i.d(), core.load(pc, i.k(), i.width()));
            case STA -> core.store(pc, i.k(), i.width(), register(i.d()));
            case EXI -> exchange(pc, register(i.a()) + i.k(), i);
            case EXA -> exchange(pc, i.k(), i);
            case PUSH -> core.push(register(i.a()));
            case POP -> set(i.d(), core.pop());
            case LINK -> link(i);
            case UNLINK -> unlink(i);
            case RETURN -> {
                core.jumpTo(pc, core.pop());
                if (i.fromInterrupt()) {
                    core.returnFromInterrupt();
                }
            }
            case FFU -> ffu(pc, i);
            default -> throw new IllegalStateException("no instruction: " + i);
        }
        if (i.kind() == InstructionClass.ALU && i.d() == CoreState.CC) {
            state.compare = CoreState.FLAGS_KNOWN;
        }
    }

    private void jump(int pc, Instruction i) {
        if (i.conditional() && (register(i.flagRegister()) >>> i.flagBit() & 1) != i.flagValue()) {
            return;
        }
        // A call through sp jumps to what sp is after the push, as in GNU's simulator.
        if (i.call()) {
            core.push(pc + 4 & CoreState.PC_MASK);
        }
        core.jumpTo(pc, i.kind() == InstructionClass.JUMP ? i.k() : register(i.a()));
    }

    private void compare(Instruction i) {
        int x = register(i.a());
        int y = rimm(i);
        if (i.d() == CoreState.CC) {
            state.compare = CoreState.compareCode(i.al(), i.dw());
            state.compareX = x;
            state.compareY = y;
        } else {
            state.r[i.d()] = Flags.of(i.al(), i.dw(), x, y);
        }
    }

    private void exchange(int pc, int address, Instruction i) {
        int loaded = core.load(pc, address, i.width());
        core.store(pc, address, i.width(), register(i.d()));
        set(i.d(), loaded);
    }

    private void link(Instruction i) {
        core.push(register(i.d()));
        set(i.d(), state.r[CoreState.SP]);
        state.r[CoreState.SP] = state.r[CoreState.SP] - i.k() & CoreState.SP_MASK;
    }

    private void unlink(Instruction i) {
        state.r[CoreState.SP] = register(i.d()) & CoreState.SP_MASK;
        set(i.d(), core.pop());
    }

    private void ffu(int pc, Instruction i) {
        int result = core.ffu(pc, i.al(), i.width(), register(i.d()), register(i.a()), rimm(i));
        if (Ffu.writesRegister(i.al())) {
            set(i.d(), result);
        }
    }

    /** Program memory as lpm and lpmi see it. */
    private int programItem(int address, AccessWidth width) {
        int at = width.align(address);
        return core.program().word(at) >>> 8 * (at & 3) & width.mask();
    }

    private int rimm(Instruction i) {
        return i.b() == Instruction.CONSTANT ? i.k() : register(i.b());
    }

    private int register(int number) {
        if (number == CoreState.CC && state.compare != CoreState.FLAGS_KNOWN) {
            state.settleFlags();
        }
        return state.r[number];
    }

    private void set(int number, int value) {
        if (number == CoreState.CC) {
            state.compare = CoreState.FLAGS_KNOWN;
        }
        state.r[number] = value;
    }
}
