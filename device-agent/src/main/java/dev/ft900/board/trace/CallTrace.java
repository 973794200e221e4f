package dev.ft900.board.trace;

import dev.ft900.board.cpu.CoreState;
import dev.ft900.board.cpu.Instruction;
import dev.ft900.board.cpu.Interpreter.Observer;
import dev.ft900.board.image.Image;
import java.io.PrintWriter;

/**
 * One line per call, indented by depth: cycle, caller's address, function. Calls are told from their effect: a word pushed by a call
 * instruction, seen at the next instruction.
 */
public final class CallTrace implements Observer {
    private static final int DEEPEST_INDENT = 64;

    private final CoreState state;
    private final SymbolTable symbols;
    private final PrintWriter out;
    private int depth;
    private int caller = -1;

    public CallTrace(CoreState state, Image image, PrintWriter out) {
        this.state = state;
        this.symbols = new SymbolTable(image);
        this.out = out;
    }

    @Override
    public boolean before(int pc, Instruction instruction) {
        if (caller >= 0 && pc != caller + 4) {
            out.print(state.cycles());
            out.print(' ');
            out.print(Hex.of(caller, 5));
            out.print(" ".repeat(1 + Math.min(depth, DEEPEST_INDENT)));
            out.println(symbols.nameAt(pc));
            depth++;
        }
        caller = -1;
        switch (instruction.kind()) {
            case JUMP, JUMP_INDIRECT -> caller = instruction.call() ? pc : -1;
            case RETURN -> depth = Math.max(0, depth - 1);
            default -> {}
        }
        return true;
    }
}
