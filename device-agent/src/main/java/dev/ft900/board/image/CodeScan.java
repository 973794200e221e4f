package dev.ft900.board.image;

import dev.ft900.board.cpu.Instruction;
import dev.ft900.board.cpu.InstructionClass;
import dev.ft900.board.memory.ProgramMemory;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Locale;

/**
 * Follows a program from its entry by every jump whose target is a constant, without running it. Nothing in an ELF file's header
 * tells FT93x code from FT900 code (hardware sheet 1.10); its words do.
 */
public final class CodeScan {
    private final int[] words = new int[ProgramMemory.WORDS];
    private final BitSet present = new BitSet(ProgramMemory.WORDS);
    private final int entry;

    public CodeScan(Image image) {
        entry = image.entry();
        for (var segment : image.segments()) {
            if (!segment.inRam()) {
                take(segment);
            }
        }
    }

    private void take(Image.Segment segment) {
        for (int i = 0; i < segment.bytes().length; i++) {
            int address = segment.address() + i;
            words[address >> 2] |= (segment.bytes()[i] & 0xFF) << 8 * (address & 3);
            present.set(address >> 2);
        }
    }

    /** @throws ImageException the program has compressed code, or none where it starts */
    public void requireRunnable() throws ImageException {
        if (!present.get(0) && !present.get((entry & ProgramMemory.SIZE - 1) >> 2)) {
            throw new ImageException(String.format(
                    Locale.ROOT, "expected code at address 0 or at the entry 0x%X; there is none", entry));
        }
        var seen = new BitSet(ProgramMemory.WORDS);
        var waiting = new ArrayDeque<Integer>();
        waiting.add(0);
        waiting.add((entry & ProgramMemory.SIZE - 1) >> 2);
        while (!waiting.isEmpty()) {
            follow(waiting.poll(), seen, waiting);
        }
    }

    private void follow(int start, BitSet seen, ArrayDeque<Integer> waiting) throws ImageException {
        for (int at = start; present.get(at) && !seen.get(at); at++) {
            seen.set(at);
            var i = Instruction.decode(words[at]);
            if (i.kind() == InstructionClass.COMPRESSED) {
                throw new ImageException(String.format(
                        Locale.ROOT,
                        "expected FT32A code for an FT900; got compressed code (word 0x%08X at 0x%05X), which only an FT93x runs. Build without -mft32b and -mcompress.",
                        i.word(),
                        4 * at));
            }
            boolean jump = i.kind() == InstructionClass.JUMP;
            if (jump && i.k() < ProgramMemory.SIZE) {
                waiting.add(i.k() >> 2);
            }
            boolean ends = i.kind() == InstructionClass.RETURN
                    || (jump || i.kind() == InstructionClass.JUMP_INDIRECT) && !i.conditional() && !i.call();
            if (ends || !i.legal()) {
                return;
            }
        }
    }
}
