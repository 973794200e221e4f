package dev.ft900.board.translate;

import dev.ft900.board.cpu.Instruction;
import dev.ft900.board.cpu.InstructionClass;
import dev.ft900.board.memory.ProgramMemory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;

/** Finds what can be reached from an entry by jumps to constant addresses, nearest first, up to a number of instructions. */
final class RegionFinder {
    private static final int BREAK_WORD = 0x00340002;

    private final IntFunction<Instruction> program;

    /** @param program the decoded word at a byte address */
    RegionFinder(IntFunction<Instruction> program) {
        this.program = program;
    }

    /** Blocks by address; the one at {@code entry} among them, or none at all if nothing can be translated there. */
    List<Block> find(int entry, int limit) {
        var leaders = new TreeSet<Integer>();
        var included = new TreeMap<Integer, Instruction>();
        var waiting = new ArrayDeque<Integer>();
        waiting.add(entry);
        while (!waiting.isEmpty() && included.size() < limit) {
            int leader = waiting.poll();
            if (leaders.add(leader)) {
                walk(leader, limit, included, waiting);
            }
        }
        return split(leaders, included);
    }

    private void walk(int leader, int limit, TreeMap<Integer, Instruction> included, ArrayDeque<Integer> waiting) {
        for (int pc = leader; pc < ProgramMemory.SIZE && included.size() < limit; pc += 4) {
            if (included.containsKey(pc)) {
                return;
            }
            var instruction = program.apply(pc);
            if (!translatable(instruction)) {
                return;
            }
            included.put(pc, instruction);
            if (instruction.transfersControl()) {
                if (instruction.kind() == InstructionClass.JUMP && !instruction.call()) {
                    waiting.add(instruction.k());
                }
                if (instruction.kind() != InstructionClass.RETURN && instruction.conditional()) {
                    waiting.add(pc + 4);
                }
                return;
            }
        }
    }

    private static List<Block> split(TreeSet<Integer> leaders, TreeMap<Integer, Instruction> included) {
        var blocks = new ArrayList<Block>();
        for (int leader : leaders) {
            var instructions = new ArrayList<Instruction>();
            for (int pc = leader; included.containsKey(pc) && (pc == leader || !leaders.contains(pc)); pc += 4) {
                var instruction = included.get(pc);
                instructions.add(instruction);
                if (instruction.transfersControl()) {
                    break;
                }
            }
            if (!instructions.isEmpty()) {
                blocks.add(new Block(leader, instructions));
            }
        }
        return blocks;
    }

    /** What is no instruction, or not always one, is left to the interpreter. */
    private static boolean translatable(Instruction i) {
        boolean noProgram = i.word() == 0 || i.word() == BREAK_WORD;
        boolean beyond = i.kind() == InstructionClass.JUMP && i.k() >= ProgramMemory.SIZE;
        return i.legal() && !noProgram && !beyond;
    }
}
