package dev.ft900.board.cli;

import dev.ft900.agent.flash.MemoryFlash;
import dev.ft900.board.cpu.Core;
import dev.ft900.board.cpu.Engine;
import dev.ft900.board.image.ImageReader;
import dev.ft900.board.machine.MachineSettings;
import dev.ft900.board.machine.Outcome;
import dev.ft900.board.machine.Pace;
import dev.ft900.board.peripheral.Revision;
import dev.ft900.board.translate.TranslatingEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./ft900 board speed}. */
@Command(
        name = "speed",
        description = {
            "Measure how many instructions per second the engines execute, beside GNU's simulator in the same run.",
            "Programs for gnu-sim that end by themselves; the best of three runs each, samples interleaved."
        })
final class SpeedCommand implements Callable<Integer> {
    private static final int ROUNDS = 3;

    @Spec
    CommandSpec spec;

    @Option(names = "--gnu-run", paramLabel = "FILE", description = "GNU's ft32-elf-run, to compare with")
    Path gnuRun;

    @Parameters(paramLabel = "IMAGE", arity = "1..*", description = "programs for gnu-sim")
    List<Path> images;

    @Override
    public Integer call() throws Exception {
        var out = spec.commandLine().getOut();
        out.printf(
                "%-28s %14s %12s %12s %12s %8s%n",
                "program", "instructions", "GNU M/s", "interp M/s", "transl M/s", "x GNU");
        for (var image : images) {
            var best = new double[3];
            long instructions = 0;
            for (int round = 0; round < ROUNDS; round++) {
                instructions = run(image, Core::interpreter, best, 1);
                run(image, TranslatingEngine::new, best, 2);
                if (gnuRun != null) {
                    best[0] = Math.max(best[0], instructions / gnuSeconds(image));
                }
            }
            out.printf(
                    "%-28s %,14d %12.1f %12.1f %12.1f %8s%n",
                    image.getFileName(),
                    instructions,
                    best[0] / 1e6,
                    best[1] / 1e6,
                    best[2] / 1e6,
                    gnuRun == null ? "-" : String.format("%.1f", best[2] / best[0]));
            out.flush();
        }
        return BoardExit.OK;
    }

    private long run(Path image, Function<Core, Engine> engine, double[] best, int column) throws Exception {
        var settings = MachineSettings.DEFAULT.withEngine(engine);
        var rig =
                MachineKind.GNU_SIM.build(new Rig.Supplies(new MemoryFlash(), settings, Revision.C, c -> {}, () -> -1));
        rig.machine().start(ImageReader.read(image));
        long began = System.nanoTime();
        var outcome = rig.machine().run(Long.MAX_VALUE, Pace.FREE);
        double seconds = (System.nanoTime() - began) / 1e9;
        if (!(outcome instanceof Outcome.Exited)) {
            throw new BoardException(BoardExit.FAULT, "expected " + image + " to end by itself; got " + outcome);
        }
        best[column] = Math.max(best[column], rig.machine().cycles() / seconds);
        return rig.machine().cycles();
    }

    private double gnuSeconds(Path image) throws IOException, InterruptedException {
        long began = System.nanoTime();
        new ProcessBuilder(gnuRun.toString(), image.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        return (System.nanoTime() - began) / 1e9;
    }
}
