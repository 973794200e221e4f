package dev.ft900.board.differential;

import dev.ft900.agent.flash.MemoryFlash;
import dev.ft900.board.cpu.Core;
import dev.ft900.board.cpu.Engine;
import dev.ft900.board.gnusim.GnuSim;
import dev.ft900.board.image.ImageReader;
import dev.ft900.board.machine.Machine;
import dev.ft900.board.machine.MachineSettings;
import dev.ft900.board.machine.Outcome;
import dev.ft900.board.machine.Pace;
import dev.ft900.board.translate.TranslatingEngine;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Random programs on GNU's simulator and on both of our engines: registers, flags and memory must be the same at the end. Arguments: GNU's
 * run, how many programs, the first seed. Ends with 1 at the first difference, and prints its seed.
 */
public final class Differential {
    private record Run(byte[] output, long cycles) {}

    private static final long ENDLESS = 100_000_000;

    private Differential() {}

    public static void main(String[] args) throws Exception {
        int count = Integer.parseInt(args[1]);
        long first = Long.parseLong(args[2]);
        System.out.println("differential: seeds " + first + " to " + (first + count - 1));
        var file = Files.createTempFile("differential", ".elf");
        long instructions = 0;
        for (long seed = first; seed < first + count; seed++) {
            var elf = new RandomProgram(seed).elf();
            Files.write(file, elf);
            var expected = gnu(Path.of(args[0]), file);
            var interpreted = ours(elf, Core::interpreter);
            check(seed, "interpreter", expected, interpreted.output());
            var translated = ours(elf, TranslatingEngine::new);
            check(seed, "translator", expected, translated.output());
            if (interpreted.cycles() != translated.cycles()) {
                fail(seed, "the engines took " + interpreted.cycles() + " and " + translated.cycles() + " cycles");
            }
            instructions += translated.cycles();
        }
        Files.delete(file);
        System.out.println("differential: " + count + " programs, " + instructions + " instructions, no difference");
    }

    private static byte[] gnu(Path run, Path file) throws Exception {
        var process = new ProcessBuilder(run.toString(), file.toString())
                .redirectErrorStream(true)
                .start();
        var output = process.getInputStream().readAllBytes();
        process.waitFor();
        return output;
    }

    private static Run ours(byte[] elf, Function<Core, Engine> engine) throws Exception {
        var console = new ByteArrayOutputStream();
        var machine = new Machine<>(
                new GnuSim(console::write, () -> -1), new MemoryFlash(), MachineSettings.DEFAULT.withEngine(engine));
        machine.start(ImageReader.parse(elf));
        var outcome = machine.run(ENDLESS, Pace.FREE);
        if (!outcome.equals(new Outcome.Exited(0))) {
            console.writeBytes(outcome.toString().getBytes());
        }
        return new Run(console.toByteArray(), machine.cycles());
    }

    private static void check(long seed, String engine, byte[] expected, byte[] got) {
        int at = Arrays.mismatch(expected, got);
        if (at >= 0) {
            boolean register = at >= 0x9000 && at < 0x9080;
            fail(
                    seed,
                    engine + " differs at 0x" + Integer.toHexString(at)
                            + (register ? " (r" + (at - 0x9000) / 4 + ")" : "") + ", lengths " + expected.length
                            + " and " + got.length + tail(expected) + tail(got));
        }
    }

    private static String tail(byte[] output) {
        return " ..."
                + new String(output, Math.max(0, output.length - 100), Math.min(100, output.length))
                        .replaceAll("[^ -~]", "");
    }

    private static void fail(long seed, String what) {
        System.out.println("differential: seed " + seed + ": " + what);
        System.exit(1);
    }
}
