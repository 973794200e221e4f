package dev.ft900.hil.bench;

import dev.ft900.agent.app.RunningBoard;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.pad.Level;
import dev.ft900.protocol.pad.Pad;

/** A protocol-level virtual board on the bench. */
public final class VirtualDut implements Dut {
    private final BoardId id;
    private final RunningBoard running;

    public VirtualDut(BoardId id, RunningBoard running) {
        this.id = id;
        this.running = running;
    }

    @Override
    public BoardId id() {
        return id;
    }

    @Override
    public Pins pins() {
        return new Pins() {
            @Override
            public Level level(Pad pad) {
                return running.board().level(pad).join();
            }

            @Override
            public void drive(Pad pad, Level level) {
                running.board().drive(pad, level).join();
            }

            @Override
            public void release(Pad pad) {
                running.board().release(pad).join();
            }
        };
    }

    @Override
    public Power power() {
        return new Power() {
            @Override
            public void on() {
                running.board().powerOn().join();
            }

            @Override
            public void off() {
                running.board().powerOff().join();
            }
        };
    }

    @Override
    public void pressReset() {
        running.board().pressReset().join();
    }

    @Override
    public String serialPort() {
        return running.portName();
    }
}
