package dev.ft900.board.translate;

import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The shortest bytecode that pushes a constant. */
final class Push {
    private Push() {}

    static void constant(MethodVisitor out, int value) {
        if (value >= -1 && value <= 5) {
            out.visitInsn(Opcodes.ICONST_0 + value);
        } else if (value == (byte) value) {
            out.visitIntInsn(Opcodes.BIPUSH, value);
        } else if (value == (short) value) {
            out.visitIntInsn(Opcodes.SIPUSH, value);
        } else {
            out.visitLdcInsn(value);
        }
    }
}
