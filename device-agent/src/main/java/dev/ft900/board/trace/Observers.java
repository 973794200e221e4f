package dev.ft900.board.trace;

import dev.ft900.board.cpu.Instruction;
import dev.ft900.board.cpu.Interpreter.Observer;
import java.util.List;

/** Several observers as one; each sees every instruction. */
public record Observers(List<Observer> all) implements Observer {
    @Override
    public boolean before(int pc, Instruction instruction) {
        boolean goOn = true;
        for (var observer : all) {
            goOn &= observer.before(pc, instruction);
        }
        return goOn;
    }
}
