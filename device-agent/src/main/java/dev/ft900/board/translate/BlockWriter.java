package dev.ft900.board.translate;

import static org.objectweb.asm.Opcodes.GOTO;
import static org.objectweb.asm.Opcodes.IFLT;
import static org.objectweb.asm.Opcodes.POP;

import dev.ft900.board.cpu.CoreState;
import dev.ft900.board.cpu.Ffu;
import dev.ft900.board.cpu.Instruction;
import dev.ft900.board.cpu.InstructionClass;
import java.util.Map;
import org.objectweb.asm.Label;

/** Writes the bytecode of blocks. */
final class BlockWriter {
    private final Emitter emit;
    private final MemoryWriter memory;
    private final Arithmetic arithmetic;
    private final Map<Integer, Label> labels;

    /** @param labels where blocks begin, by address */
    BlockWriter(Emitter emit, Map<Integer, Label> labels) {
        this.emit = emit;
        this.labels = labels;
        memory = new MemoryWriter(emit);
        arithmetic = new Arithmetic(emit.out());
    }

    void write(Block block, int modeAtStart) {
        emit.out().visitLabel(labels.get(block.start()));
        spend(block);
        int mode = modeAtStart;
        for (int n = 0; n < block.size(); n++) {
            var instruction = block.instructions().get(n);
            emit.at(block.start() + 4 * n, block.size() - n, mode);
            write(instruction);
            mode = Modes.after(instruction, mode);
        }
        if (block.fallsThrough()) {
            goTo(block.end());
        }
    }

    /** Takes the whole block from the budget; if that does not last, the interpreter does what is left of it. */
    private void spend(Block block) {
        var tooFew = new Label();
        emit.at(block.start(), block.size(), Modes.UNKNOWN);
        emit.out().visitIincInsn(Frame.BUDGET, -block.size());
        emit.get(Frame.BUDGET);
        emit.out().visitJumpInsn(IFLT, tooFew);
        emit.seldom(tooFew, emit::exitUndone);
    }

    private void goTo(int pc) {
        var label = labels.get(pc);
        if (label == null) {
            emit.exit(pc);
        } else {
            emit.out().visitJumpInsn(GOTO, label);
        }
    }

    private void write(Instruction i) {
        switch (i.kind()) {
            case ALU -> alu(i);
            case CMP -> compare(i);
            case LDK -> {
                emit.constant(i.k());
                emit.write(i.d());
            }
            case LPM, LPMI -> memory.loadProgram(i);
            case LDA, LDI -> memory.load(i);
            case STA, STI -> memory.store(i);
            case EXA, EXI -> memory.exchange(i);
            case PUSH -> {
                emit.read(i.a());
                emit.set(Frame.VALUE);
                memory.push();
            }
            case POP -> pop(i.d());
            case LINK -> link(i);
            case UNLINK -> {
                emit.read(i.d());
                emit.mask(CoreState.SP_MASK);
                emit.write(CoreState.SP);
                pop(i.d());
            }
            case FFU -> ffu(i);
            case JUMP, JUMP_INDIRECT -> jump(i);
            case RETURN -> comeBack(i);
            default -> throw new IllegalStateException("no instruction: " + i);
        }
    }

    private void alu(Instruction i) {
        emit.read(i.a());
        boolean move = i.al() == 0 && i.b() == Instruction.CONSTANT && i.k() == 0;
        if (!move) {
            emit.rimm(i);
            arithmetic.alu(i);
        }
        emit.write(i.d());
    }

    private void compare(Instruction i) {
        int code = CoreState.compareCode(i.al(), i.width().ordinal());
        emit.read(i.a());
        emit.rimm(i);
        if (i.d() == CoreState.CC) {
            emit.set(Frame.COMPARE_Y);
            emit.set(Frame.COMPARE_X);
            emit.constant(code);
            emit.set(Frame.COMPARE);
        } else {
            emit.constant(code);
            emit.help("flags", "(III)I");
            emit.write(i.d());
        }
    }

    private void pop(int register) {
        memory.pop();
        emit.get(Frame.VALUE);
        emit.write(register);
    }

    private void link(Instruction i) {
        emit.read(i.d());
        emit.set(Frame.VALUE);
        memory.push();
        emit.read(CoreState.SP);
        emit.write(i.d());
        memory.moveStack(-i.k());
    }

    private void ffu(Instruction i) {
        if (!Ffu.usesMemory(i.al())) {
            emit.read(i.a());
            emit.rimm(i);
            arithmetic.ffu(i);
            emit.write(i.d());
            return;
        }
        emit.core();
        emit.read(i.d());
        emit.read(i.a());
        emit.rimm(i);
        emit.budget();
        emit.constant(emit.pc());
        emit.constant(i.width().ordinal() << 4 | i.al());
        emit.help("ffu", "(L" + Frame.CORE + ";IIIIII)I");
        if (Ffu.writesRegister(i.al())) {
            emit.write(i.d());
        } else {
            emit.out().visitInsn(POP);
        }
        emit.exitForAttention();
    }

    private void jump(Instruction i) {
        boolean stays = i.kind() == InstructionClass.JUMP && !i.call();
        var label = stays ? labels.get(i.k()) : null;
        if (!i.conditional()) {
            taken(i);
        } else if (label != null) {
            emit.jumpIf(i, label);
        } else {
            label = new Label();
            emit.jumpIf(i, label);
            emit.seldom(label, () -> taken(i));
        }
    }

    private void taken(Instruction i) {
        if (i.call()) {
            emit.constant(emit.pc() + 4 & CoreState.PC_MASK);
            emit.set(Frame.VALUE);
            memory.push();
        }
        if (i.kind() == InstructionClass.JUMP && i.call()) {
            emit.exit(i.k());
        } else if (i.kind() == InstructionClass.JUMP) {
            goTo(i.k());
        } else {
            emit.read(i.a());
            exitComputed();
        }
    }

    private void comeBack(Instruction i) {
        if (i.fromInterrupt()) {
            emit.exitUndone();
        } else {
            memory.pop();
            emit.get(Frame.VALUE);
            exitComputed();
        }
    }

    /** Leaves the region for the address on the JVM's stack. */
    private void exitComputed() {
        emit.core();
        emit.constant(emit.pc());
        emit.help("target", "(IL" + Frame.CORE + ";I)I");
        emit.set(Frame.EXIT_PC);
        emit.exit();
    }
}
