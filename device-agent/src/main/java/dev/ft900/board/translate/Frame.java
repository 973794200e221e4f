package dev.ft900.board.translate;

import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ASTORE;
import static org.objectweb.asm.Opcodes.GETFIELD;
import static org.objectweb.asm.Opcodes.IALOAD;
import static org.objectweb.asm.Opcodes.IASTORE;
import static org.objectweb.asm.Opcodes.ICONST_0;
import static org.objectweb.asm.Opcodes.ILOAD;
import static org.objectweb.asm.Opcodes.INVOKEVIRTUAL;
import static org.objectweb.asm.Opcodes.ISTORE;
import static org.objectweb.asm.Opcodes.PUTFIELD;
import static org.objectweb.asm.Opcodes.RETURN;

import dev.ft900.board.cpu.CoreState;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;

/**
 * The local variables of a region's method: FT32 registers live in them while the region runs, and so do the budget and the operands of the last
 * comparison. Taken from the core's state at the entry, put back at the one exit.
 */
final class Frame {
    static final String CORE = "dev/ft900/board/cpu/Core";
    static final String STATE = "dev/ft900/board/cpu/CoreState";

    static final int CORE_LOCAL = 1;
    static final int STATE_LOCAL = 2;
    static final int RAM = 3;
    static final int WORDS = 4;
    static final int BUDGET = 5;
    static final int COMPARE = 6;
    static final int COMPARE_X = 7;
    static final int COMPARE_Y = 8;
    static final int EXIT_PC = 9;
    static final int ADDRESS = 10;
    static final int VALUE = 11;
    private static final int R = 12;
    private static final int FIRST_REGISTER = 13;

    private final MethodVisitor out;
    private final SortedSet<Integer> used;
    private final Set<Integer> written;
    private final Label exit = new Label();
    private final Label exitForAttention = new Label();

    Frame(MethodVisitor out, Set<Integer> used, Set<Integer> written) {
        this.out = out;
        this.used = new TreeSet<>(used);
        this.used.add(CoreState.CC);
        this.written = new TreeSet<>(written);
        this.written.add(CoreState.CC);
    }

    /** The local variable of a register. */
    int local(int register) {
        return FIRST_REGISTER + register;
    }

    /** Where to jump with {@link #EXIT_PC} set. */
    Label exit() {
        return exit;
    }

    /** The same after an instruction that changed the core's budget. */
    Label exitForAttention() {
        return exitForAttention;
    }

    void enter() {
        out.visitVarInsn(ALOAD, CORE_LOCAL);
        out.visitMethodInsn(INVOKEVIRTUAL, CORE, "state", "()L" + STATE + ";", false);
        out.visitVarInsn(ASTORE, STATE_LOCAL);
        out.visitVarInsn(ALOAD, CORE_LOCAL);
        out.visitMethodInsn(INVOKEVIRTUAL, CORE, "ram", "()Ldev/ft900/board/memory/Ram;", false);
        out.visitMethodInsn(INVOKEVIRTUAL, "dev/ft900/board/memory/Ram", "bytes", "()[B", false);
        out.visitVarInsn(ASTORE, RAM);
        out.visitVarInsn(ALOAD, CORE_LOCAL);
        out.visitMethodInsn(INVOKEVIRTUAL, CORE, "program", "()Ldev/ft900/board/memory/ProgramMemory;", false);
        out.visitMethodInsn(INVOKEVIRTUAL, "dev/ft900/board/memory/ProgramMemory", "words", "()[I", false);
        out.visitVarInsn(ASTORE, WORDS);
        out.visitVarInsn(ALOAD, STATE_LOCAL);
        out.visitFieldInsn(GETFIELD, STATE, "r", "[I");
        out.visitVarInsn(ASTORE, R);
        take("budget", BUDGET);
        take("compare", COMPARE);
        take("compareX", COMPARE_X);
        take("compareY", COMPARE_Y);
        for (int local : new int[] {EXIT_PC, ADDRESS, VALUE}) {
            out.visitInsn(ICONST_0);
            out.visitVarInsn(ISTORE, local);
        }
        for (int register : used) {
            out.visitVarInsn(ALOAD, R);
            Push.constant(out, register);
            out.visitInsn(IALOAD);
            out.visitVarInsn(ISTORE, local(register));
        }
    }

    void leave() {
        out.visitLabel(exitForAttention);
        take("budget", BUDGET);
        out.visitIincInsn(BUDGET, -1);
        out.visitLabel(exit);
        for (int register : written) {
            out.visitVarInsn(ALOAD, R);
            Push.constant(out, register);
            out.visitVarInsn(ILOAD, local(register));
            out.visitInsn(IASTORE);
        }
        put("budget", BUDGET);
        put("compare", COMPARE);
        put("compareX", COMPARE_X);
        put("compareY", COMPARE_Y);
        put("pc", EXIT_PC);
        out.visitInsn(RETURN);
    }

    private void take(String field, int local) {
        out.visitVarInsn(ALOAD, STATE_LOCAL);
        out.visitFieldInsn(GETFIELD, STATE, field, "I");
        out.visitVarInsn(ISTORE, local);
    }

    private void put(String field, int local) {
        out.visitVarInsn(ALOAD, STATE_LOCAL);
        out.visitVarInsn(ILOAD, local);
        out.visitFieldInsn(PUTFIELD, STATE, field, "I");
    }
}
