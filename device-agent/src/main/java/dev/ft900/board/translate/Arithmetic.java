package dev.ft900.board.translate;

import static org.objectweb.asm.Opcodes.IADD;
import static org.objectweb.asm.Opcodes.IAND;
import static org.objectweb.asm.Opcodes.ICONST_M1;
import static org.objectweb.asm.Opcodes.IMUL;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.IOR;
import static org.objectweb.asm.Opcodes.ISHL;
import static org.objectweb.asm.Opcodes.ISHR;
import static org.objectweb.asm.Opcodes.ISUB;
import static org.objectweb.asm.Opcodes.IUSHR;
import static org.objectweb.asm.Opcodes.IXOR;

import dev.ft900.board.cpu.Alu;
import dev.ft900.board.cpu.Ffu;
import dev.ft900.board.cpu.Instruction;
import org.objectweb.asm.MethodVisitor;

/** ALU and FFU operations on two operands that are on the JVM's stack, x below y. */
final class Arithmetic {
    private final MethodVisitor out;

    Arithmetic(MethodVisitor out) {
        this.out = out;
    }

    void alu(Instruction i) {
        switch (i.al()) {
            case Alu.ADD -> out.visitInsn(IADD);
            case Alu.SUB -> out.visitInsn(ISUB);
            case Alu.AND -> out.visitInsn(IAND);
            case Alu.OR -> out.visitInsn(IOR);
            case Alu.XOR -> out.visitInsn(IXOR);
            case Alu.XNOR -> {
                out.visitInsn(IXOR);
                out.visitInsn(ICONST_M1);
                out.visitInsn(IXOR);
            }
            // The JVM masks shift counts to five bits as well.
            case Alu.ASHL -> out.visitInsn(ISHL);
            case Alu.LSHR -> out.visitInsn(IUSHR);
            case Alu.ASHR -> out.visitInsn(ISHR);
            case Alu.ROR -> call("java/lang/Integer", "rotateRight");
            case Alu.BINS -> call("dev/ft900/board/cpu/Alu", "bins");
            case Alu.BEXTS -> call("dev/ft900/board/cpu/Alu", "bexts");
            case Alu.BEXTU -> call("dev/ft900/board/cpu/Alu", "bextu");
            case Alu.FLIP -> call("dev/ft900/board/cpu/Alu", "flip");
            default -> general(i.al(), "alu");
        }
    }

    /** An FFU operation that does not use memory. */
    void ffu(Instruction i) {
        if (i.al() == Ffu.MUL) {
            out.visitInsn(IMUL);
        } else {
            general(i.al(), "ffu");
        }
    }

    private void call(String owner, String name) {
        out.visitMethodInsn(INVOKESTATIC, owner, name, "(II)I", false);
    }

    /** The pure function that the interpreter uses; its switch folds away, as the operation is a constant here. */
    private void general(int al, String name) {
        Push.constant(out, al);
        out.visitMethodInsn(INVOKESTATIC, "dev/ft900/board/translate/RegionCode", name, "(III)I", false);
    }
}
