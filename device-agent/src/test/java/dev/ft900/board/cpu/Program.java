package dev.ft900.board.cpu;

import dev.ft900.board.bus.AccessWidth;
import dev.ft900.board.bus.Findings;
import dev.ft900.board.bus.IoBus;
import dev.ft900.board.bus.IoDevice;
import dev.ft900.board.irq.Interrupts;
import dev.ft900.board.memory.ProgramMemory;
import dev.ft900.board.memory.Ram;
import dev.ft900.board.translate.TranslatingEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A core with a few words of program, for tests that read as what happens: {@code program(...).with(1, 5).run()}. */
final class Program {
    private final ProgramMemory memory = new ProgramMemory();
    private final Ram ram = new Ram();
    private final List<String> io = new ArrayList<>();
    private final Core core;
    private Stop stop;

    Program(Function<Core, Engine> engine, int... words) {
        var bus = new IoBus(new Findings(false));
        bus.map("probe", 0x10000, 0x100, new IoDevice() {
            private int next = 1;

            @Override
            public int load(int offset, AccessWidth width) {
                io.add("load " + offset);
                return next++;
            }

            @Override
            public void store(int offset, AccessWidth width, int value) {
                io.add("store " + offset + " " + Integer.toHexString(value) + " "
                        + core.state().cycles());
            }
        });
        core = new Core(memory, new DataBus(ram, bus), false);
        core.use(engine);
        for (int i = 0; i < words.length; i++) {
            memory.store(4 * i, words[i]);
        }
    }

    static Program of(int... words) {
        return new Program(Core::interpreter, words);
    }

    static Program translated(int... words) {
        return new Program(TranslatingEngine::new, words);
    }

    Program with(int register, int value) {
        core.state().r[register] = value;
        return this;
    }

    Program withWord(int address, int value) {
        ram.store(address, AccessWidth.WORD, value);
        return this;
    }

    Program with(Interrupts interrupts) {
        core.connect(interrupts);
        return this;
    }

    Program run(long cycles) {
        stop = core.run(core.state().cycles() + cycles);
        core.state().settleFlags();
        return this;
    }

    int r(int register) {
        return core.state().r[register];
    }

    int pc() {
        return core.state().pc;
    }

    int word(int address) {
        return ram.load(address, AccessWidth.WORD);
    }

    Stop stop() {
        return stop;
    }

    List<String> io() {
        return io;
    }

    Core core() {
        return core;
    }
}
