package dev.ft900.board.gdb;

import dev.ft900.board.bus.AccessWidth;
import dev.ft900.board.cpu.DataBus;
import dev.ft900.board.cpu.Instruction;
import dev.ft900.board.cpu.Interpreter.Observer;
import dev.ft900.board.image.Image;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Where a debugger wants the program to stop: at instructions, and after accesses to data. */
final class Stops implements Observer, DataBus.Watcher {
    /** Kinds of watchpoints, with the protocol's numbers. */
    enum Kind {
        WRITE("watch"),
        READ("rwatch"),
        ACCESS("awatch");

        final String reply;

        Kind(String reply) {
            this.reply = reply;
        }

        boolean sees(boolean store) {
            return this == ACCESS || this == WRITE == store;
        }
    }

    private record Watch(Kind kind, int address, int length) {
        boolean touches(int from, int size) {
            return from < address + length && from + size > address;
        }
    }

    private final BitSet breakpoints = new BitSet();
    private final List<Watch> watches = new ArrayList<>();
    private final Observer traced;
    private final Runnable stop;
    private boolean passFirst;
    private String reason;

    /** @param traced sees every instruction that is executed */
    Stops(Observer traced, Runnable stop) {
        this.traced = traced;
        this.stop = stop;
    }

    void breakAt(int address, boolean set) {
        breakpoints.set(address >> 2, set);
    }

    void watch(Kind kind, int address, int length, boolean set) {
        var watch = new Watch(kind, address, length);
        watches.remove(watch);
        if (set) {
            watches.add(watch);
        }
    }

    boolean watchesAnything() {
        return !watches.isEmpty();
    }

    /** The program goes on: the instruction under it is executed even if a breakpoint is there. */
    void resume() {
        passFirst = true;
        reason = null;
    }

    /** What to tell GDB about a stop that happened here, or null. */
    String reason() {
        return reason;
    }

    @Override
    public boolean before(int pc, Instruction instruction) {
        if (reason != null) {
            // A watchpoint fired in the instruction before.
            return false;
        }
        if (!passFirst && breakpoints.get(pc >> 2)) {
            reason = "T05swbreak:;";
            stop.run();
            return false;
        }
        passFirst = false;
        return traced == null || traced.before(pc, instruction);
    }

    @Override
    public void access(int address, AccessWidth width, boolean store, int value) {
        for (var watch : watches) {
            if (reason == null && watch.kind().sees(store) && watch.touches(address, width.bytes())) {
                reason = "T05" + watch.kind().reply + ":" + Integer.toHexString(Image.RAM_BIAS + address) + ";";
                stop.run();
            }
        }
    }
}
