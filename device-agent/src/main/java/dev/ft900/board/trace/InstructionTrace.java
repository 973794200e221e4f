package dev.ft900.board.trace;

import dev.ft900.board.cpu.CoreState;
import dev.ft900.board.cpu.Disassembler;
import dev.ft900.board.cpu.Instruction;
import dev.ft900.board.cpu.Interpreter.Observer;
import java.io.PrintWriter;

/** One line per instruction: cycle, address, word, text. */
public final class InstructionTrace implements Observer {
    private final CoreState state;
    private final PrintWriter out;

    public InstructionTrace(CoreState state, PrintWriter out) {
        this.state = state;
        this.out = out;
    }

    @Override
    public boolean before(int pc, Instruction instruction) {
        out.print(state.cycles());
        out.print(' ');
        out.print(Hex.of(pc, 5));
        out.print(' ');
        out.print(Hex.of(instruction.word(), 8));
        out.print(' ');
        out.println(Disassembler.text(instruction.word()));
        return true;
    }
}
