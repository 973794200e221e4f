package dev.ft900.board.translate;

import dev.ft900.board.cpu.CoreState;
import dev.ft900.board.cpu.Ffu;
import dev.ft900.board.cpu.Instruction;
import dev.ft900.board.cpu.InstructionClass;
import java.util.HashSet;
import java.util.Set;

/** Which registers an instruction reads and writes. The test of a flag by a jump does not count as reading r30. */
final class Registers {
    private Registers() {}

    static Set<Integer> reads(Instruction i) {
        var set = new HashSet<Integer>();
        switch (i.kind()) {
            case ALU, CMP -> {
                set.add(i.a());
                addRimm(i, set);
            }
            case FFU -> {
                set.add(i.a());
                addRimm(i, set);
                if (Ffu.usesMemory(i.al())) {
                    set.add(i.d());
                }
            }
            case JUMP -> addStack(i.call(), set);
            case JUMP_INDIRECT -> {
                set.add(i.a());
                addStack(i.call(), set);
            }
            case EXA, STA -> set.add(i.d());
            case EXI, STI -> {
                set.add(i.d());
                set.add(i.a());
            }
            case LDI, LPMI -> set.add(i.a());
            case PUSH -> {
                set.add(i.a());
                set.add(CoreState.SP);
            }
            case LINK, UNLINK -> {
                set.add(i.d());
                set.add(CoreState.SP);
            }
            case POP, RETURN -> set.add(CoreState.SP);
            default -> {}
        }
        boolean jump = i.transfersControl() && i.kind() != InstructionClass.RETURN;
        if (jump && i.conditional() && i.flagRegister() != CoreState.CC) {
            set.add(i.flagRegister());
        }
        return set;
    }

    static Set<Integer> writes(Instruction i) {
        var set = new HashSet<Integer>();
        switch (i.kind()) {
            case ALU, CMP, LDK, LPM, LPMI, LDI, LDA, EXI, EXA -> set.add(i.d());
            case FFU -> {
                if (Ffu.writesRegister(i.al())) {
                    set.add(i.d());
                }
            }
            case JUMP, JUMP_INDIRECT -> addStack(i.call(), set);
            case POP, LINK, UNLINK -> {
                set.add(i.d());
                set.add(CoreState.SP);
            }
            case PUSH, RETURN -> set.add(CoreState.SP);
            default -> {}
        }
        return set;
    }

    private static void addRimm(Instruction i, Set<Integer> set) {
        if (i.b() != Instruction.CONSTANT) {
            set.add(i.b());
        }
    }

    private static void addStack(boolean used, Set<Integer> set) {
        if (used) {
            set.add(CoreState.SP);
        }
    }
}
