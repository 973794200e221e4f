package dev.ft900.board.translate;

import static org.objectweb.asm.Opcodes.ACC_FINAL;
import static org.objectweb.asm.Opcodes.ACC_SUPER;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.GOTO;
import static org.objectweb.asm.Opcodes.INVOKESPECIAL;
import static org.objectweb.asm.Opcodes.RETURN;
import static org.objectweb.asm.Opcodes.V17;

import dev.ft900.board.cpu.Instruction;
import java.lang.invoke.MethodHandles;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.function.IntFunction;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;

/** Makes classes of regions. */
final class RegionCompiler {
    /** HotSpot leaves methods of more than 8000 bytes to its interpreter. */
    private static final int LARGEST_METHOD = 7900;

    private static final int MOST_INSTRUCTIONS = 240;
    private static final String NAME = "dev/ft900/board/translate/Region";

    private record Method(byte[] classFile, int size) {}

    private final RegionFinder finder;

    /** @param program the decoded word at a byte address */
    RegionCompiler(IntFunction<Instruction> program) {
        finder = new RegionFinder(program);
    }

    /** A region and what it was made of. */
    record Compiled(RegionCode code, List<Block> blocks) {}

    /** @return null where nothing can be translated */
    Compiled compile(int entry) {
        for (int limit = MOST_INSTRUCTIONS; limit >= 1; limit /= 2) {
            var blocks = finder.find(entry, limit);
            if (blocks.isEmpty()) {
                return null;
            }
            var method = write(entry, blocks);
            if (method.size() <= LARGEST_METHOD) {
                return new Compiled(define(method.classFile()), blocks);
            }
        }
        return null;
    }

    private static Method write(int entry, List<Block> blocks) {
        var writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES | ClassWriter.COMPUTE_MAXS);
        writer.visit(V17, ACC_FINAL | ACC_SUPER, NAME, null, Emitter.HELPERS, null);
        constructor(writer);
        var out = writer.visitMethod(0, "run", "(L" + Frame.CORE + ";)V", null, null);
        out.visitCode();
        var end = body(out, entry, blocks);
        out.visitMaxs(0, 0);
        out.visitEnd();
        writer.visitEnd();
        return new Method(writer.toByteArray(), end.getOffset());
    }

    private static void constructor(ClassWriter writer) {
        var out = writer.visitMethod(0, "<init>", "()V", null, null);
        out.visitCode();
        out.visitVarInsn(ALOAD, 0);
        out.visitMethodInsn(INVOKESPECIAL, Emitter.HELPERS, "<init>", "()V", false);
        out.visitInsn(RETURN);
        out.visitMaxs(0, 0);
        out.visitEnd();
    }

    private static Label body(MethodVisitor out, int entry, List<Block> blocks) {
        var used = new HashSet<Integer>();
        var written = new HashSet<Integer>();
        var labels = new HashMap<Integer, Label>();
        for (var block : blocks) {
            labels.put(block.start(), new Label());
            for (var instruction : block.instructions()) {
                used.addAll(Registers.reads(instruction));
                used.addAll(Registers.writes(instruction));
                written.addAll(Registers.writes(instruction));
            }
        }
        var frame = new Frame(out, used, written);
        var emit = new Emitter(out, frame);
        var writer = new BlockWriter(emit, labels);
        var modes = new Modes(entry, blocks);
        frame.enter();
        out.visitJumpInsn(GOTO, labels.get(entry));
        for (var block : blocks) {
            writer.write(block, modes.atStart(block));
        }
        emit.finish();
        frame.leave();
        var end = new Label();
        out.visitLabel(end);
        return end;
    }

    private static RegionCode define(byte[] classFile) {
        try {
            var lookup = MethodHandles.lookup().defineHiddenClass(classFile, true);
            return (RegionCode) lookup.lookupClass().getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the JVM refuses generated code", e);
        }
    }
}
