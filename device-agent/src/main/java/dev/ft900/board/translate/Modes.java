package dev.ft900.board.translate;

import dev.ft900.board.cpu.CoreState;
import dev.ft900.board.cpu.Instruction;
import dev.ft900.board.cpu.InstructionClass;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is known, when translating, about where the flags are: in r30, in the operands of a certain comparison, or not known. */
final class Modes {
    /** It depends on how the program came here. */
    static final int UNKNOWN = -1;

    private final Map<Integer, Integer> atStart = new HashMap<>();

    /** Follows the flags through the blocks of a region until nothing changes. */
    Modes(int entry, List<Block> blocks) {
        var byStart = new HashMap<Integer, Block>();
        blocks.forEach(block -> byStart.put(block.start(), block));
        atStart.put(entry, UNKNOWN);
        for (boolean changed = true; changed; ) {
            changed = false;
            for (var block : blocks) {
                if (atStart.containsKey(block.start())) {
                    int mode = after(block, atStart.get(block.start()));
                    if (block.fallsThrough() && byStart.containsKey(block.end())) {
                        changed |= meet(block.end(), mode);
                    }
                    if (block.jumpsDirectly()
                            && byStart.containsKey(block.last().k())) {
                        changed |= meet(block.last().k(), mode);
                    }
                }
            }
        }
    }

    int atStart(Block block) {
        return atStart.getOrDefault(block.start(), UNKNOWN);
    }

    private boolean meet(int start, int mode) {
        var before = atStart.get(start);
        int now = before == null || before == mode ? mode : UNKNOWN;
        atStart.put(start, now);
        return before == null || before != now;
    }

    private static int after(Block block, int mode) {
        int now = mode;
        for (var instruction : block.instructions()) {
            now = after(instruction, now);
        }
        return now;
    }

    /** The mode behind an instruction. */
    static int after(Instruction i, int mode) {
        if (i.kind() == InstructionClass.CMP && i.d() == CoreState.CC) {
            return CoreState.compareCode(i.al(), i.word() >>> 25 & 3);
        }
        return Registers.reads(i).contains(CoreState.CC) || Registers.writes(i).contains(CoreState.CC)
                ? CoreState.FLAGS_KNOWN
                : mode;
    }
}
