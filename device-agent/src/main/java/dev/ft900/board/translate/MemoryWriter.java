package dev.ft900.board.translate;

import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.GOTO;
import static org.objectweb.asm.Opcodes.IF_ICMPGE;

import dev.ft900.board.bus.AccessWidth;
import dev.ft900.board.bus.IoBus;
import dev.ft900.board.cpu.CoreState;
import dev.ft900.board.cpu.DataBus;
import dev.ft900.board.cpu.Instruction;
import dev.ft900.board.cpu.InstructionClass;
import org.objectweb.asm.Label;

/** Loads, stores and the stack. RAM is reached directly; for I/O the core is asked, after which it may want attention. */
final class MemoryWriter {
    private final Emitter emit;

    MemoryWriter(Emitter emit) {
        this.emit = emit;
    }

    /** From {@link Frame#ADDRESS} to R_D. */
    void load(Instruction i) {
        address(i);
        if (surelyIo(i)) {
            loadIo(i);
            return;
        }
        var done = new Label();
        ifIo(() -> {
            loadIo(i);
            emit.out().visitJumpInsn(GOTO, done);
        });
        loadRam(i.width());
        emit.write(i.d());
        emit.out().visitLabel(done);
    }

    void store(Instruction i) {
        address(i);
        emit.read(i.kind() == InstructionClass.STI ? i.a() : i.d());
        emit.set(Frame.VALUE);
        if (surelyIo(i)) {
            storeIo(i);
            return;
        }
        var done = new Label();
        ifIo(() -> {
            storeIo(i);
            emit.out().visitJumpInsn(GOTO, done);
        });
        storeRam(i.width());
        emit.out().visitLabel(done);
    }

    /** With I/O, the interpreter does it. */
    void exchange(Instruction i) {
        if (surelyIo(i)) {
            emit.exitUndone();
            return;
        }
        address(i);
        ifIo(emit::exitUndone);
        emit.read(i.d());
        emit.set(Frame.VALUE);
        loadRam(i.width());
        storeRam(i.width());
        emit.write(i.d());
    }

    void loadProgram(Instruction i) {
        emit.out().visitVarInsn(ALOAD, Frame.WORDS);
        if (i.kind() == InstructionClass.LPM) {
            emit.constant(i.k());
        } else {
            emit.read(i.a());
            emit.add(i.k());
        }
        emit.constant(i.width().ordinal());
        emit.help("loadProgram", "([III)I");
        emit.write(i.d());
    }

    /** Pushes {@link Frame#VALUE} onto the program's stack. */
    void push() {
        moveStack(-4);
        stackAddress();
        storeRam(AccessWidth.WORD);
    }

    /** Pops {@link Frame#VALUE} from the program's stack. */
    void pop() {
        stackAddress();
        loadRam(AccessWidth.WORD);
        emit.set(Frame.VALUE);
        moveStack(4);
    }

    void moveStack(int bytes) {
        emit.read(CoreState.SP);
        emit.add(bytes);
        emit.mask(CoreState.SP_MASK);
        emit.write(CoreState.SP);
    }

    private void stackAddress() {
        emit.read(CoreState.SP);
        emit.mask(CoreState.SP_MASK & -4);
        emit.set(Frame.ADDRESS);
    }

    private void address(Instruction i) {
        switch (i.kind()) {
            case LDA, STA, EXA -> emit.constant(i.width().align(i.k()));
            default -> {
                emit.read(i.kind() == InstructionClass.STI ? i.d() : i.a());
                emit.add(i.k());
                emit.mask(i.width().align(DataBus.ADDRESS_MASK));
            }
        }
        emit.set(Frame.ADDRESS);
    }

    private static boolean surelyIo(Instruction i) {
        return switch (i.kind()) {
            case LDA, STA, EXA -> i.k() >= IoBus.BASE;
            default -> false;
        };
    }

    private void ifIo(Runnable piece) {
        var io = new Label();
        emit.get(Frame.ADDRESS);
        emit.constant(IoBus.BASE);
        emit.out().visitJumpInsn(IF_ICMPGE, io);
        emit.seldom(io, piece);
    }

    private void loadIo(Instruction i) {
        emit.core();
        emit.get(Frame.ADDRESS);
        ioArguments(i);
        emit.help("loadIo", "(L" + Frame.CORE + ";IIII)I");
        emit.write(i.d());
        emit.exitForAttention();
    }

    private void storeIo(Instruction i) {
        emit.core();
        emit.get(Frame.ADDRESS);
        emit.get(Frame.VALUE);
        ioArguments(i);
        emit.help("storeIo", "(L" + Frame.CORE + ";IIIII)V");
        emit.exitForAttention();
    }

    private void ioArguments(Instruction i) {
        emit.budget();
        emit.constant(emit.pc());
        emit.constant(i.width().ordinal());
    }

    /** Pushes what is at {@link Frame#ADDRESS}. */
    private void loadRam(AccessWidth width) {
        emit.out().visitVarInsn(ALOAD, Frame.RAM);
        emit.get(Frame.ADDRESS);
        emit.help("load" + name(width), "([BI)I");
    }

    /** Stores {@link Frame#VALUE} at {@link Frame#ADDRESS}. */
    private void storeRam(AccessWidth width) {
        emit.out().visitVarInsn(ALOAD, Frame.RAM);
        emit.get(Frame.ADDRESS);
        emit.get(Frame.VALUE);
        emit.help("store" + name(width), "([BII)V");
    }

    private static String name(AccessWidth width) {
        return switch (width) {
            case BYTE -> "Byte";
            case HALF -> "Half";
            case WORD -> "Word";
        };
    }
}
