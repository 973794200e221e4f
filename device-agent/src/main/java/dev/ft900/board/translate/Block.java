package dev.ft900.board.translate;

import dev.ft900.board.cpu.Instruction;
import dev.ft900.board.cpu.InstructionClass;
import java.util.List;

/**
 * Instructions that are executed one after the other, if the first one is.
 *
 * @param start byte address of the first
 */
record Block(int start, List<Instruction> instructions) {
    Block {
        instructions = List.copyOf(instructions);
    }

    int size() {
        return instructions.size();
    }

    /** Byte address behind the last instruction. */
    int end() {
        return start + 4 * size();
    }

    Instruction last() {
        return instructions.get(size() - 1);
    }

    /** Whether control may reach what follows. */
    boolean fallsThrough() {
        var last = last();
        return !last.transfersControl() || last.kind() != InstructionClass.RETURN && last.conditional();
    }

    /** Whether the last instruction is a jump, no call, to a constant address. */
    boolean jumpsDirectly() {
        return last().kind() == InstructionClass.JUMP && !last().call();
    }
}
