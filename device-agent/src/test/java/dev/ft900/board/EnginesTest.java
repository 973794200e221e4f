package dev.ft900.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.agent.flash.MemoryFlash;
import dev.ft900.board.cpu.Core;
import dev.ft900.board.cpu.Engine;
import dev.ft900.board.gnusim.GnuSim;
import dev.ft900.board.gnusim.GnuSimDevices;
import dev.ft900.board.image.Image;
import dev.ft900.board.image.ImageReader;
import dev.ft900.board.machine.Machine;
import dev.ft900.board.machine.MachineSettings;
import dev.ft900.board.machine.Outcome;
import dev.ft900.board.machine.Pace;
import dev.ft900.board.trace.TraceHash;
import dev.ft900.board.translate.TranslatingEngine;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Self-checking programs, built from {@code firmware/gnu-sim/programs}, on both engines. */
class EnginesTest {
    private static final long ENDLESS = 50_000_000;

    @ParameterizedTest
    @ValueSource(strings = {"crc", "queens", "sort", "strings"})
    void bothEnginesEndWellInTheSameStateAtTheSameCycle(String name) throws Exception {
        var interpreted = machine(Core::interpreter);
        interpreted.start(image(name));
        assertThat(interpreted.run(ENDLESS, Pace.FREE)).isEqualTo(new Outcome.Exited(0));

        var translated = machine(TranslatingEngine::new);
        translated.start(image(name));
        assertThat(translated.run(ENDLESS, Pace.FREE)).isEqualTo(new Outcome.Exited(0));

        assertThat(translated.cycles()).isEqualTo(interpreted.cycles());
        assertThat(translated.snapshot()).isEqualTo(interpreted.snapshot());
    }

    @Test
    void theTranslatorStopsAtAnyCycleInTheStateOfTheInterpreter() throws Exception {
        var interpreted = machine(Core::interpreter);
        var translated = machine(TranslatingEngine::new);
        interpreted.start(image("sort"));
        translated.start(image("sort"));
        long cycle = 0;
        for (int i = 0; i < 300; i++) {
            cycle += 1 + i * 37L;
            interpreted.run(cycle, Pace.FREE);
            translated.run(cycle, Pace.FREE);
            assertThat(translated.cycles()).isEqualTo(cycle);
            assertThat(Arrays.equals(translated.snapshot(), interpreted.snapshot()))
                    .as("state at cycle " + cycle)
                    .isTrue();
        }
    }

    @Test
    void aRestoredMachineGoesOnAsTheSavedOneDid() throws Exception {
        var saved = machine(TranslatingEngine::new);
        saved.start(image("queens"));
        saved.run(200_000, Pace.FREE);
        var snapshot = saved.snapshot();
        saved.run(ENDLESS, Pace.FREE);

        var restored = machine(Core::interpreter);
        restored.restore(snapshot);
        assertThat(restored.cycles()).isEqualTo(200_000);
        assertThat(restored.run(ENDLESS, Pace.FREE)).isEqualTo(new Outcome.Exited(0));
        assertThat(restored.snapshot()).isEqualTo(saved.snapshot());
    }

    @Test
    void theSameImageGivesTheSameTraceEachTime() throws Exception {
        assertThat(traceOf("strings")).isEqualTo(traceOf("strings")).isNotEqualTo(traceOf("crc"));
    }

    private static long traceOf(String name) throws Exception {
        var machine = machine(Core::interpreter);
        machine.start(image(name));
        var hash = new TraceHash(machine.core().state());
        machine.core().interpreter().observe(hash);
        machine.run(300_000, Pace.FREE);
        return hash.value();
    }

    @Test
    void programMemoryThatIsWrittenAfterItWasTranslatedRunsAsWritten() {
        // The loop runs 1000 times adding r2 = 1; then its add becomes add 5, through the port; then it runs again.
        int[] words = {
            0x640003E8, // 00 ldk r0,1000
            0x44114010, // 04 add r1,r2,1 (r1 = r2 + 1)
            0x4420C000, // 08 move r2,r1
            0x44004012 | 0x0, // 0c add? patched below
            0x5DE04002, // 10 cmp r0,0
            0x00200001, // 14 jmpc nz,0x04
            0x5DE1C002, // 18 cmp r3,0
            0x0020000E, // 1c jmpc nz,0x38
            0x64300001, // 20 ldk r3,1
            0xBC41FC80, // 24 sta.l 0x1fc80,r4
            0xBC51FC84, // 28 sta.l 0x1fc84,r5
            0xBC61FC88, // 2c sta.l 0x1fc88,r6
            0x00300000, // 30 jmp 0
            0x40004000, // 34
            0xBC21FFFC, // 38 sta.l 0x1fffc,r2
        };
        words[3] = 0x44004012; // sub r0,r0,1
        for (Function<Core, Engine> engine :
                java.util.List.<Function<Core, Engine>>of(Core::interpreter, TranslatingEngine::new)) {
            var machine = machine(engine);
            machine.start(imageOf(words));
            machine.core().state().r[4] = 0x1337F7D1;
            machine.core().state().r[5] = 4;
            machine.core().state().r[6] = 0x44114050; // add r1,r2,5
            assertThat(machine.run(1_000_000, Pace.FREE)).isEqualTo(new Outcome.Exited(1000 + 5000));
        }
    }

    private static Machine<GnuSimDevices> machine(Function<Core, Engine> engine) {
        return new Machine<>(
                new GnuSim(c -> {}, () -> -1), new MemoryFlash(), MachineSettings.DEFAULT.withEngine(engine));
    }

    private static Image image(String name) throws Exception {
        try (var in = EnginesTest.class.getResourceAsStream("gnusim/" + name + ".elf")) {
            if (in == null) {
                throw new IOException("no kept image " + name);
            }
            return ImageReader.parse(in.readAllBytes());
        }
    }

    private static Image imageOf(int... words) {
        var bytes = java.nio.ByteBuffer.allocate(4 * words.length).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(words);
        return new Image(
                0, java.util.List.of(new Image.Segment(0, bytes.array())), java.util.List.of(), java.util.List.of());
    }
}
