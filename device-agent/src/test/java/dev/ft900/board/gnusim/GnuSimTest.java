package dev.ft900.board.gnusim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.agent.flash.MemoryFlash;
import dev.ft900.board.cpu.Fault;
import dev.ft900.board.image.Image;
import dev.ft900.board.machine.Machine;
import dev.ft900.board.machine.MachineSettings;
import dev.ft900.board.machine.Outcome;
import dev.ft900.board.machine.Pace;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

class GnuSimTest {
    private final StringBuilder console = new StringBuilder();
    private final Machine<GnuSimDevices> machine = new Machine<>(
            new GnuSim(c -> console.append((char) c), () -> -1), new MemoryFlash(), MachineSettings.DEFAULT);

    @Test
    void aProgramPrintsAndEndsWithItsExitCode() {
        var outcome = run(
                0x64000048, // ldk r0,'H'
                0xB8010000, // sta.b 0x10000,r0
                0x64000069, // ldk r0,'i'
                0xB8010000, // sta.b 0x10000,r0
                0x6400002A, // ldk r0,42
                0xBC01FFFC); // sta.l 0x1fffc,r0

        assertThat(outcome).isEqualTo(new Outcome.Exited(42));
        assertThat(console).hasToString("Hi");
        assertThat(machine.cycles()).isEqualTo(6);
    }

    @Test
    void aProgramThatRunsIntoNothingIsReportedWithPlaceWordAndJumps() {
        var outcome = run(0x00300004); // jmp 0x10

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Faulted.class, faulted -> {
            assertThat(faulted.fault().kind()).isEqualTo(Fault.Kind.RUNAWAY);
            assertThat(faulted.fault())
                    .hasToString(
                            "runaway at 0x00010: word 0x00000000, zeros, no program; jumps before: 0x00000->0x00010");
        });
    }

    private Outcome run(int... words) {
        var bytes = ByteBuffer.allocate(4 * words.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(words);
        machine.start(new Image(0, List.of(new Image.Segment(0, bytes.array())), List.of(), List.of()));
        return machine.run(1_000_000, Pace.FREE);
    }
}
