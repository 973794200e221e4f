package dev.ft900.board.cli;

import com.fasterxml.jackson.core.JsonFactory;
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
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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
    private static final int GNU = 0;
    private static final int INTERPRETER = 1;
    private static final int TRANSLATOR = 2;

    @Spec
    CommandSpec spec;

    @Option(names = "--gnu-run", paramLabel = "FILE", description = "GNU's ft32-elf-run, to compare with")
    Path gnuRun;

    @Option(
            names = "--at-least",
            paramLabel = "N",
            description =
                    "end with 1 unless the fastest engine does N million instructions per second on every program")
    double atLeast;

    @Option(names = "--json", description = "one JSON object per program on stdout, for machines")
    boolean json;

    @Parameters(paramLabel = "IMAGE", arity = "1..*", description = "programs for gnu-sim")
    List<Path> images;

    @Override
    public Integer call() throws Exception {
        var out = spec.commandLine().getOut();
        if (!json) {
            out.printf(
                    Locale.ROOT,
                    "%-28s %14s %12s %12s %12s %8s%n",
                    "program",
                    "instructions",
                    "GNU M/s",
                    "interp M/s",
                    "transl M/s",
                    "x GNU");
        }
        double slowest = Double.MAX_VALUE;
        for (var image : images) {
            var best = new double[3];
            long instructions = 0;
            for (int round = 0; round < ROUNDS; round++) {
                instructions = run(image, Core::interpreter, best, INTERPRETER);
                run(image, TranslatingEngine::new, best, TRANSLATOR);
                if (gnuRun != null) {
                    best[GNU] = Math.max(best[GNU], instructions / gnuSeconds(image));
                }
            }
            out.println(json ? json(image, instructions, best) : line(image, instructions, best));
            out.flush();
            slowest = Math.min(slowest, Math.max(best[INTERPRETER], best[TRANSLATOR]));
        }
        if (slowest < atLeast * 1e6) {
            throw new BoardException(
                    BoardExit.SLOW,
                    String.format(
                            Locale.ROOT,
                            "expected at least %.1f million instructions per second on every program; got %.1f on the slowest;"
                                    + " is something else running on this machine?",
                            atLeast,
                            slowest / 1e6));
        }
        return BoardExit.OK;
    }

    private static String line(Path image, long instructions, double[] best) {
        return String.format(
                Locale.ROOT,
                "%-28s %,14d %12.1f %12.1f %12.1f %8s",
                image.getFileName(),
                instructions,
                best[GNU] / 1e6,
                best[INTERPRETER] / 1e6,
                best[TRANSLATOR] / 1e6,
                best[GNU] == 0 ? "-" : String.format(Locale.ROOT, "%.1f", best[TRANSLATOR] / best[GNU]));
    }

    /** Instructions per second; GNU's only if it was asked for. */
    private static String json(Path image, long instructions, double[] best) throws IOException {
        var text = new StringWriter();
        try (var out = new JsonFactory().createGenerator(text)) {
            out.writeStartObject();
            out.writeStringField("program", image.toString());
            out.writeNumberField("instructions", instructions);
            out.writeNumberField("interpreter", Math.round(best[INTERPRETER]));
            out.writeNumberField("translator", Math.round(best[TRANSLATOR]));
            if (best[GNU] != 0) {
                out.writeNumberField("gnu", Math.round(best[GNU]));
            }
            out.writeEndObject();
        }
        return text.toString();
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
