package dev.ft900.board.translate;

import static org.objectweb.asm.Opcodes.IADD;
import static org.objectweb.asm.Opcodes.IAND;
import static org.objectweb.asm.Opcodes.IFEQ;
import static org.objectweb.asm.Opcodes.IFGE;
import static org.objectweb.asm.Opcodes.IFLT;
import static org.objectweb.asm.Opcodes.IFNE;
import static org.objectweb.asm.Opcodes.IF_ICMPEQ;
import static org.objectweb.asm.Opcodes.IF_ICMPGE;
import static org.objectweb.asm.Opcodes.IF_ICMPGT;
import static org.objectweb.asm.Opcodes.IF_ICMPLE;
import static org.objectweb.asm.Opcodes.IF_ICMPLT;
import static org.objectweb.asm.Opcodes.IF_ICMPNE;
import static org.objectweb.asm.Opcodes.ILOAD;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.ISHL;
import static org.objectweb.asm.Opcodes.ISUB;
import static org.objectweb.asm.Opcodes.IUSHR;

import dev.ft900.board.cpu.Alu;
import dev.ft900.board.cpu.CoreState;
import dev.ft900.board.cpu.Flags;
import dev.ft900.board.cpu.Instruction;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;

/** Jumps of the JVM for conditions of FT32. Where the comparison is known, it is made anew; that is cheaper than seven flags. */
final class Condition {
    private final MethodVisitor out;
    private final Frame frame;

    Condition(MethodVisitor out, Frame frame) {
        this.out = out;
        this.frame = frame;
    }

    /** Jumps to {@code taken} when the instruction's condition holds, else falls through. */
    void jump(Instruction i, int mode, Label taken) {
        boolean wanted = i.flagValue() == 1;
        boolean flags = i.flagRegister() == CoreState.CC;
        if (flags && mode > CoreState.FLAGS_KNOWN && direct(mode - 1 >> 2, mode - 1 & 3, i.flagBit(), wanted, taken)) {
            return;
        }
        if (flags && mode != CoreState.FLAGS_KNOWN) {
            pushFlags();
        } else {
            out.visitVarInsn(ILOAD, frame.local(i.flagRegister()));
        }
        Push.constant(out, i.flagBit());
        out.visitInsn(IUSHR);
        Push.constant(out, 1);
        out.visitInsn(IAND);
        out.visitJumpInsn(wanted ? IFNE : IFEQ, taken);
    }

    /** Pushes what r30 should hold, wherever it is. */
    void pushFlags() {
        out.visitVarInsn(ILOAD, Frame.COMPARE);
        out.visitVarInsn(ILOAD, Frame.COMPARE_X);
        out.visitVarInsn(ILOAD, Frame.COMPARE_Y);
        out.visitVarInsn(ILOAD, frame.local(CoreState.CC));
        out.visitMethodInsn(INVOKESTATIC, Frame.STATE, "flags", "(IIII)I", false);
    }

    private boolean direct(int al, int dw, int bit, boolean wanted, Label taken) {
        if (al == Alu.SUB) {
            return difference(dw, bit, wanted, taken);
        }
        if (al == Alu.AND && (bit == Flags.ZERO || bit == Flags.SIGN)) {
            out.visitVarInsn(ILOAD, Frame.COMPARE_X);
            out.visitVarInsn(ILOAD, Frame.COMPARE_Y);
            out.visitInsn(IAND);
            shiftUp(dw);
            resultJump(bit, wanted, taken);
            return true;
        }
        if (al == Alu.BEXTU && (bit == Flags.ZERO || bit == Flags.SIGN)
                || al == Alu.BEXTS && (bit == Flags.ZERO || bit == Flags.SIGN)) {
            out.visitVarInsn(ILOAD, Frame.COMPARE_X);
            out.visitVarInsn(ILOAD, Frame.COMPARE_Y);
            out.visitMethodInsn(
                    INVOKESTATIC, "dev/ft900/board/cpu/Alu", al == Alu.BEXTU ? "bextu" : "bexts", "(II)I", false);
            shiftUp(dw);
            resultJump(bit, wanted, taken);
            return true;
        }
        return false;
    }

    private void resultJump(int bit, boolean wanted, Label taken) {
        if (bit == Flags.ZERO) {
            out.visitJumpInsn(wanted ? IFEQ : IFNE, taken);
        } else {
            out.visitJumpInsn(wanted ? IFLT : IFGE, taken);
        }
    }

    private boolean difference(int dw, int bit, boolean wanted, Label taken) {
        int jump =
                switch (bit) {
                    case Flags.ZERO -> wanted ? IF_ICMPEQ : IF_ICMPNE;
                    case Flags.CARRY, Flags.SIGN -> wanted ? IF_ICMPLT : IF_ICMPGE;
                    case Flags.ABOVE, Flags.GREATER -> wanted ? IF_ICMPGT : IF_ICMPLE;
                    case Flags.GREATER_EQUAL -> wanted ? IF_ICMPGE : IF_ICMPLT;
                    default -> 0;
                };
        if (jump == 0) {
            return false;
        }
        boolean unsigned = bit == Flags.CARRY || bit == Flags.ABOVE;
        operand(Frame.COMPARE_X, dw, unsigned);
        operand(Frame.COMPARE_Y, dw, unsigned);
        if (bit == Flags.SIGN) {
            out.visitInsn(ISUB);
            out.visitJumpInsn(wanted ? IFLT : IFGE, taken);
        } else {
            out.visitJumpInsn(jump, taken);
        }
        return true;
    }

    private void operand(int local, int dw, boolean unsigned) {
        out.visitVarInsn(ILOAD, local);
        shiftUp(dw);
        if (unsigned) {
            // Moves unsigned order onto signed order.
            out.visitLdcInsn(Integer.MIN_VALUE);
            out.visitInsn(IADD);
        }
    }

    /** With the operand's sign in bit 31, the JVM's comparisons are those of the width. */
    private void shiftUp(int dw) {
        if (dw < 2) {
            Push.constant(out, 32 - (8 << dw));
            out.visitInsn(ISHL);
        }
    }
}
