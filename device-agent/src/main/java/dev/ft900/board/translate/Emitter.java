package dev.ft900.board.translate;

import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.GETFIELD;
import static org.objectweb.asm.Opcodes.GOTO;
import static org.objectweb.asm.Opcodes.IADD;
import static org.objectweb.asm.Opcodes.IAND;
import static org.objectweb.asm.Opcodes.IFNE;
import static org.objectweb.asm.Opcodes.ILOAD;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.ISTORE;

import dev.ft900.board.cpu.CoreState;
import dev.ft900.board.cpu.Instruction;
import java.util.ArrayDeque;
import java.util.Queue;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;

/** What writing any instruction needs: registers on the JVM's stack, ways out of the region, and a place behind all blocks for what is seldom. */
final class Emitter {
    static final String HELPERS = "dev/ft900/board/translate/RegionCode";

    private final MethodVisitor out;
    private final Frame frame;
    private final Condition condition;
    private final Queue<Runnable> seldom = new ArrayDeque<>();
    private int pc;
    private int left;
    private int mode = Modes.UNKNOWN;

    Emitter(MethodVisitor out, Frame frame) {
        this.out = out;
        this.frame = frame;
        condition = new Condition(out, frame);
    }

    /**
     * @param newPc byte address of the instruction that comes now
     * @param newLeft the instructions of its block from it on, which the block has taken from the budget already
     * @param newMode where the flags are before it
     */
    void at(int newPc, int newLeft, int newMode) {
        pc = newPc;
        left = newLeft;
        mode = newMode;
    }

    int pc() {
        return pc;
    }

    MethodVisitor out() {
        return out;
    }

    void constant(int value) {
        Push.constant(out, value);
    }

    void get(int local) {
        out.visitVarInsn(ILOAD, local);
    }

    void set(int local) {
        out.visitVarInsn(ISTORE, local);
    }

    void add(int value) {
        if (value != 0) {
            constant(value);
            out.visitInsn(IADD);
        }
    }

    void mask(int bits) {
        constant(bits);
        out.visitInsn(IAND);
    }

    void help(String method, String descriptor) {
        out.visitMethodInsn(INVOKESTATIC, HELPERS, method, descriptor, false);
    }

    void core() {
        out.visitVarInsn(ALOAD, Frame.CORE_LOCAL);
    }

    /** Pushes a register's value. */
    void read(int register) {
        if (register == CoreState.CC && mode != CoreState.FLAGS_KNOWN) {
            condition.pushFlags();
            write(CoreState.CC);
        }
        get(frame.local(register));
    }

    /** Pops into a register. */
    void write(int register) {
        set(frame.local(register));
        if (register == CoreState.CC) {
            constant(CoreState.FLAGS_KNOWN);
            set(Frame.COMPARE);
        }
    }

    /** Pushes the value of field RIMM. */
    void rimm(Instruction i) {
        if (i.b() == Instruction.CONSTANT) {
            constant(i.k());
        } else {
            read(i.b());
        }
    }

    /** Jumps if the condition of a conditional jump holds. */
    void jumpIf(Instruction i, Label taken) {
        condition.jump(i, mode, taken);
    }

    /** Pushes the budget as it was before this instruction. */
    void budget() {
        get(Frame.BUDGET);
        add(left);
    }

    /** Puts a piece behind all blocks; it sees the same instruction. */
    void seldom(Label label, Runnable piece) {
        int thisPc = pc;
        int thisLeft = left;
        seldom.add(() -> {
            at(thisPc, thisLeft, Modes.UNKNOWN);
            out.visitLabel(label);
            piece.run();
        });
    }

    /** Writes everything that was put off. */
    void finish() {
        for (var piece = seldom.poll(); piece != null; piece = seldom.poll()) {
            piece.run();
        }
    }

    /** Leaves the region for an address. */
    void exit(int target) {
        constant(target & CoreState.PC_MASK);
        set(Frame.EXIT_PC);
        exit();
    }

    /** Leaves the region with {@link Frame#EXIT_PC} set. */
    void exit() {
        out.visitJumpInsn(GOTO, frame.exit());
    }

    /** Leaves the region before this instruction: the interpreter does it. */
    void exitUndone() {
        out.visitIincInsn(Frame.BUDGET, left);
        exit(pc);
    }

    /** Leaves the region behind this instruction if it made the core want attention. */
    void exitForAttention() {
        constant(pc + 4 & CoreState.PC_MASK);
        set(Frame.EXIT_PC);
        out.visitVarInsn(ALOAD, Frame.STATE_LOCAL);
        out.visitFieldInsn(GETFIELD, Frame.STATE, "attention", "Z");
        out.visitJumpInsn(IFNE, frame.exitForAttention());
    }
}
